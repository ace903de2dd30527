import { describe, expect, it } from 'vitest';

import { clientStyle, withClientStyle } from './clientAuthentication';
import { newOAuth2, rows } from './fixtures';

describe('how the client is proved', () => {
  it.each(['basic', 'body', 'none'] as const)(
    'can be set to %s from any other, in both requests',
    (style) => {
      for (const from of ['basic', 'body', 'none'] as const) {
        const result = withClientStyle(withClientStyle(newOAuth2(), from), style);
        expect(clientStyle(result)).toBe(style);
        const { body_fields, headers } = result.refresh_token_request ?? newOAuth2().get_token_request;
        const ids = body_fields.filter(({ name }) => name === 'client_id');
        expect(ids).toHaveLength(style === 'basic' ? 0 : 1);
        expect(headers).toHaveLength(style === 'basic' ? 1 : 0);
      }
    },
  );

  it('comes back to where it was, and leaves every other row alone', () => {
    const before = newOAuth2();
    before.get_token_request.headers = rows('Accept=application/json');
    expect(withClientStyle(withClientStyle(before, 'basic'), 'body')).toEqual(before);
  });

  it('is told apart from ways of the author', () => {
    expect(clientStyle(newOAuth2())).toBe('body');
    const one = withClientStyle(newOAuth2(), 'basic');
    expect(clientStyle({ ...one, refresh_token_request: newOAuth2().refresh_token_request })).toBe('own');
    const odd = newOAuth2();
    odd.get_token_request.headers = rows('X-Secret={{ client_secret }}');
    expect(clientStyle(odd)).toBe('own');
    const basic = withClientStyle(odd, 'basic');
    expect(clientStyle(basic)).toBe('basic');
    expect(basic.get_token_request.headers).toEqual(
      rows('Authorization=Basic {{client_id}}:{{client_secret}}'),
    );
  });

  it('stands in the address of a GET', () => {
    const oauth2 = newOAuth2();
    const { body_fields: queries } = oauth2.get_token_request;
    oauth2.get_token_request = { ...oauth2.get_token_request, method: 'GET', queries, body_fields: [] };
    expect(clientStyle(oauth2)).toBe('body');
    const none = withClientStyle(oauth2, 'none').get_token_request;
    expect(none.queries.map(({ name }) => name)).toEqual(['grant_type', 'code', 'redirect_uri', 'client_id']);
  });
});
