import { describe, expect, it } from 'vitest';

import type { App, Authentication, OAuth1 } from '../../generated/api';
import { hasEntries, kindOf, newOAuth2, restored, switched, usesPkce, withPkce } from './kinds';

const custom: Authentication = { custom: { inputs: [{ key: 'token', label: 'Token', required: true }] } };

describe('switching the kind of authorization', () => {
  it.each(['none', 'oauth2', 'custom'] as const)('leads to %s, and to nothing else', (kind) => {
    const result = switched({ ...custom, oauth1: { consumer_key: 'k' } as OAuth1 }, kind);
    expect(kindOf(result)).toBe(kind);
    expect(Object.keys(result)).toHaveLength(kind === 'none' ? 0 : 1);
  });

  it('keeps fields that nobody knows', () => {
    const authentication = { ...custom, vendor: 1 };
    expect(switched(authentication, 'none')).toEqual({ vendor: 1 });
  });

  it('can be taken back without losing what was changed since', () => {
    const app: App = { name: 'A', actions: [], authentication: custom };
    const after: App = { ...app, name: 'B', authentication: switched(custom, 'oauth2') };
    expect(restored(after, custom)).toEqual({ ...app, name: 'B' });
  });

  it('asks only when something was entered', () => {
    expect(hasEntries({})).toBe(false);
    expect(hasEntries({ custom: { inputs: [] } })).toBe(false);
    expect(hasEntries({ oauth2: newOAuth2() })).toBe(false);
    expect(hasEntries(custom)).toBe(true);
    expect(hasEntries({ oauth1: { consumer_key: 'k' } as OAuth1 })).toBe(true);
    expect(hasEntries({ oauth2: { ...newOAuth2(), client_id: 'x' } })).toBe(true);
    expect(hasEntries({ oauth2: withPkce(newOAuth2(), true) })).toBe(true);
  });

  it('does not take another order of fields for an entry', () => {
    const { client_id, ...rest } = newOAuth2();
    expect(hasEntries({ oauth2: { ...rest, client_id } })).toBe(false);
  });
});

describe('PKCE', () => {
  it('is put in once and taken out whole', () => {
    const on = withPkce(withPkce(newOAuth2(), true), true);
    expect(usesPkce(on)).toBe(true);
    const names = on.authorization_request.queries.map((query) => query.name);
    expect(names.filter((name) => name === 'code_challenge')).toHaveLength(1);
    expect(withPkce(on, false)).toEqual(newOAuth2());
    expect(usesPkce(newOAuth2())).toBe(false);
  });
});
