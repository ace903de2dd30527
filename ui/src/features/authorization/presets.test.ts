import { describe, expect, it } from 'vitest';

import type { Preset } from '../../generated/api';
import { newOAuth1, newOAuth2 } from './fixtures';
import { found, replacements, withPreset } from './presets';

function preset(title: string, host: string, more: Partial<Preset> = {}): Preset {
  const oauth2 = newOAuth2();
  oauth2.authorization_request.url = `https://${host}/authorize`;
  oauth2.get_token_request.url = `https://${host}/token`;
  return {
    name: title.toLowerCase(),
    title,
    documentation: `https://docs.${host}/`,
    checked: '2026-11-24',
    scopes: [],
    scope_separator: ' ',
    client: 'body',
    pkce: false,
    placeholders: [],
    notes: [],
    authentication: { oauth2 },
    ...more,
  };
}

describe('presets', () => {
  it('are found by title first, then by host and notes', () => {
    const list = [
      preset('Jira', 'auth.atlassian.com'),
      preset('Sales', 'login.example', { notes: ['Not for Atlassian.'] }),
      preset('Atlassian', 'x.example'),
    ];
    expect(found(list, 'atlassian').map(({ title }) => title)).toEqual(['Atlassian', 'Jira', 'Sales']);
    expect(found(list, 'nothing of it')).toEqual([]);
    expect(found(list, ' ')).toHaveLength(3);
  });

  it('keep the client of the author and fill in placeholders, the longer word first', () => {
    const placeholders = ['YOUR_SITE', 'YOUR_SITE_ID'].map((word) => ({ word, text: word }));
    const tenant = preset('T', 'YOUR_SITE.t.example', { placeholders });
    const { oauth2 } = tenant.authentication;
    if (oauth2) oauth2.get_token_request.url = 'https://t.example/YOUR_SITE_ID';
    const mine = {
      oauth2: { ...newOAuth2(), client_id: 'mine', client_secret: { secret: 'own' } },
      vendor: 1,
    };
    const next = withPreset(mine, tenant, { YOUR_SITE: ' acme ', YOUR_SITE_ID: '7' });
    expect(next).toMatchObject({
      vendor: 1,
      oauth2: { client_id: 'mine', client_secret: { secret: 'own' } },
    });
    expect(next.oauth2?.authorization_request.url).toBe('https://acme.t.example/authorize');
    expect(next.oauth2?.get_token_request.url).toBe('https://t.example/7');
    expect(withPreset(mine, tenant, {}).oauth2?.authorization_request.url).toContain('YOUR_SITE.');
    expect(tenant.authentication.oauth2?.authorization_request.url).toContain('YOUR_SITE.');
  });

  it.each([
    ['acme', 'https://acme.t.example/authorize'],
    ['acme.t.example', 'https://acme.t.example/authorize'],
    [' https://acme.t.example/home?x=1 ', 'https://acme.t.example/authorize'],
    ['https://acme.elsewhere.example', 'https://acme.elsewhere.example.t.example/authorize'],
  ])('take the word out of a pasted address: %s', (typed, wanted) => {
    const tenant = preset('T', 'YOUR_SITE.t.example', { placeholders: [{ word: 'YOUR_SITE', text: '' }] });
    expect(withPreset({}, tenant, { YOUR_SITE: typed }).oauth2?.authorization_request.url).toBe(wanted);
  });

  it('leave a word of a path as it is typed', () => {
    const tenant = preset('T', 't.example', { placeholders: [{ word: 'YOUR_TENANT', text: '' }] });
    const { oauth2 } = tenant.authentication;
    if (oauth2) oauth2.get_token_request.url = 'https://t.example/YOUR_TENANT/token';
    const next = withPreset({}, tenant, { YOUR_TENANT: 'a.b/c' });
    expect(next.oauth2?.get_token_request.url).toBe('https://t.example/a.b/c/token');
  });

  it('say what they replace, and nothing where nothing was entered', () => {
    const next = preset('P', 'p.example').authentication;
    expect(replacements({}, next)).toEqual([]);
    expect(replacements({ oauth2: newOAuth2() }, next)).toEqual([]);
    expect(replacements(next, next)).toEqual([]);
    const oauth2 = {
      ...newOAuth2(),
      get_token_request: { ...newOAuth2().get_token_request, url: 'https://mine/t' },
    };
    expect(replacements({ oauth2 }, next)).toEqual([
      { name: 'Get token', before: 'POST https://mine/t', after: 'POST https://p.example/token' },
    ]);
    const inputs = [{ key: 'k', label: 'K', required: true }];
    expect(replacements({ custom: { inputs } }, next)[0]?.name).toBe('Custom form with 1 input');
    const oauth1 = {
      ...newOAuth1(),
      authorization_request: { ...newOAuth1().authorization_request, url: 'https://o' },
    };
    expect(replacements({ oauth1 }, next)[0]?.name).toContain('OAuth1');
  });
});
