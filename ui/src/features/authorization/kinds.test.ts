import { describe, expect, it } from 'vitest';

import type { App, Authentication } from '../../generated/api';
import { newOAuth1, newOAuth2 } from './fixtures';
import { hasEntries, kindOf, restored, switched } from './kinds';

const custom: Authentication = { custom: { inputs: [{ key: 'token', label: 'Token', required: true }] } };

describe('switching the kind of authorization', () => {
  it.each([
    ['none', {}],
    ['oauth2', { oauth2: newOAuth2() }],
    ['oauth1', { oauth1: newOAuth1() }],
    ['custom', { custom: { inputs: [] } }],
  ] as const)('leads to %s, and to nothing else', (kind, start) => {
    const result = switched({ ...custom, oauth1: newOAuth1() }, start as Authentication);
    expect(kindOf(result)).toBe(kind);
    expect(Object.keys(result)).toHaveLength(kind === 'none' ? 0 : 1);
  });

  it('keeps fields that nobody knows', () => {
    const authentication = { ...custom, vendor: 1 };
    expect(switched(authentication, {})).toEqual({ vendor: 1 });
  });

  it('can be taken back without losing what was changed since', () => {
    const app: App = { name: 'A', actions: [], authentication: custom };
    const after: App = { ...app, name: 'B', authentication: switched(custom, { oauth2: newOAuth2() }) };
    expect(restored(after, custom)).toEqual({ ...app, name: 'B' });
  });

  it('asks only when something was entered', () => {
    const start: Authentication = { oauth2: newOAuth2() };
    expect(hasEntries({}, {})).toBe(false);
    expect(hasEntries({ custom: { inputs: [] } }, { custom: { inputs: [] } })).toBe(false);
    expect(hasEntries(start, start)).toBe(false);
    expect(hasEntries(custom, { custom: { inputs: [] } })).toBe(true);
    expect(hasEntries({ oauth2: { ...newOAuth2(), client_id: 'x' } }, start)).toBe(true);
  });

  it('asks while it is not known what a new one holds', () => {
    expect(hasEntries({ oauth2: newOAuth2() }, undefined)).toBe(true);
  });

  it('does not take another order of fields for an entry', () => {
    const { client_id, ...rest } = newOAuth2();
    expect(hasEntries({ oauth2: { ...rest, client_id } }, { oauth2: newOAuth2() })).toBe(false);
  });
});
