import { describe, expect, it } from 'vitest';

import { fitting, usualNames, usualValues } from './suggestions';

const texts = (list: readonly { text: string }[]) => list.map(({ text }) => text);
const variables = ['client_id', 'client_secret', 'redirect_uri'].map((name) => ({ name, text: '' }));

describe('what is usual', () => {
  it('names no header that is there already, in whatever case', () => {
    expect(texts(usualNames('headers', false, ['accept']))).not.toContain('Accept');
    expect(texts(usualNames('headers', false, []))).toContain('Accept');
    expect(texts(usualNames('queries', true, []))).toContain('oauth_nonce');
    expect(texts(usualNames('body_fields', false, []))).toContain('grant_type');
  });

  it('offers values by the name, and only variables that have a value there', () => {
    expect(texts(usualValues('grant_type', variables))).toContain('authorization_code');
    expect(texts(usualValues('Content-Type', variables))).toContain('application/json');
    expect(texts(usualValues('client_id', variables))).toEqual(['{{client_id}}']);
    expect(texts(usualValues('Authorization', variables))).toEqual(['Basic {{client_id}}:{{client_secret}}']);
    expect(texts(usualValues('code', variables))).toEqual([]);
    expect(texts(usualValues('oauth_callback', variables, true))).toEqual(['{{redirect_uri}}']);
  });

  it('takes the token of the stage for oauth_token', () => {
    const at = (name: string) => texts(usualValues('oauth_token', [{ name, text: '' }], true));
    expect(at('oauth_request_token')).toEqual(['{{oauth_request_token}}']);
    expect(at('oauth_token')).toEqual(['{{oauth_token}}']);
  });

  it('is put in the order of what is typed, and is quiet once it stands there', () => {
    const list = ['client_id', 'code', 'grant_type'].map((text) => ({ text }));
    expect(texts(fitting(list, 'co'))).toEqual(['code']);
    expect(texts(fitting(list, 'E'))).toEqual(['client_id', 'code', 'grant_type']);
    expect(fitting(list, 'code')).toEqual([]);
    expect(fitting(list, '')).toHaveLength(3);
  });
});
