import type { App, Authentication, NameValue, OAuth2, Request } from '../../generated/api';

/** How an app gets its credential. */
export type Kind = 'none' | 'oauth2' | 'oauth1' | 'custom';

export const KIND_NAMES: Record<Kind, string> = {
  none: 'None',
  oauth2: 'OAuth2',
  oauth1: 'OAuth1',
  custom: 'Custom',
};

export function kindOf(authentication: Authentication): Kind {
  if (authentication.oauth2 != null) return 'oauth2';
  if (authentication.oauth1 != null) return 'oauth1';
  if (authentication.custom != null) return 'custom';
  return 'none';
}

function pairs(...list: readonly (readonly [name: string, value: string])[]): NameValue[] {
  return list.map(([name, value]) => ({ name, value }));
}

function post(...fields: readonly (readonly [name: string, value: string])[]): Request {
  return { method: 'POST', url: '', queries: [], headers: [], body_fields: pairs(...fields) };
}

/** The refresh request of a new configuration (contract chapter 3). */
export function newRefreshRequest(): Request {
  return post(
    ['grant_type', 'refresh_token'],
    ['refresh_token', '{{refresh_token}}'],
    ['client_id', '{{client_id}}'],
    ['client_secret', '{{client_secret}}'],
  );
}

/** The test request of a new configuration: any 2xx answer proves the token. */
export function newTestRequest(): Request {
  return {
    method: 'GET',
    url: '',
    queries: [],
    headers: pairs(['Authorization', 'Bearer {{access_token}}']),
    body_fields: [],
  };
}

/** A new OAuth2 configuration, as the contract's chapter 3 gives it. */
export function newOAuth2(): OAuth2 {
  return {
    client_id: '',
    client_secret: { secret: 'client_secret' },
    authorization_request: {
      method: 'GET',
      url: '',
      queries: pairs(
        ['response_type', 'code'],
        ['redirect_uri', '{{redirect_uri}}'],
        ['client_id', '{{client_id}}'],
        ['state', '{{state}}'],
      ),
      headers: [],
      body_fields: [],
    },
    get_token_request: post(
      ['grant_type', 'authorization_code'],
      ['code', '{{code}}'],
      ['redirect_uri', '{{redirect_uri}}'],
      ['client_id', '{{client_id}}'],
      ['client_secret', '{{client_secret}}'],
    ),
    refresh_token_request: newRefreshRequest(),
  };
}

function withoutKinds(authentication: Authentication): Authentication {
  const rest = { ...authentication };
  delete rest.oauth2;
  delete rest.oauth1;
  delete rest.custom;
  return rest;
}

/** The authentication with another kind; fields that nobody knows stay. */
export function switched(authentication: Authentication, to: Kind): Authentication {
  const rest = withoutKinds(authentication);
  if (to === 'oauth2') return { ...rest, oauth2: newOAuth2() };
  if (to === 'custom') return { ...rest, custom: { inputs: [] } };
  return rest;
}

/** Puts back the kinds that `before` had, beside whatever else there is now. */
export function restored(app: App, before: Authentication): App {
  const { oauth2, oauth1, custom } = before;
  return {
    ...app,
    authentication: {
      ...withoutKinds(app.authentication),
      ...(oauth2 == null ? {} : { oauth2 }),
      ...(oauth1 == null ? {} : { oauth1 }),
      ...(custom == null ? {} : { custom }),
    },
  };
}

/** Whether switching away would drop something that was entered. */
export function hasEntries(authentication: Authentication): boolean {
  const { oauth2, oauth1, custom } = authentication;
  if (oauth1 != null) return true;
  if (custom != null) return custom.inputs.length > 0;
  if (oauth2 == null) return false;
  return JSON.stringify(sortedKeys(oauth2)) !== JSON.stringify(sortedKeys(newOAuth2()));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([key, member]) => [key, sortedKeys(member)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const CHALLENGE = pairs(['code_challenge', '{{code_challenge}}'], ['code_challenge_method', 'S256']);
const VERIFIER = pairs(['code_verifier', '{{code_verifier}}']);

function has(rows: readonly NameValue[], wanted: readonly NameValue[]): boolean {
  return wanted.every((one) => rows.some((row) => row.name === one.name && row.value === one.value));
}

function lacking(rows: readonly NameValue[], names: readonly NameValue[]): NameValue[] {
  return rows.filter((row) => !names.some((one) => one.name === row.name));
}

/** Whether both requests carry PKCE's fields (RFC 7636). */
export function usesPkce(oauth2: OAuth2): boolean {
  return (
    has(oauth2.authorization_request.queries, CHALLENGE) &&
    has(oauth2.get_token_request.body_fields, VERIFIER)
  );
}

/** Puts PKCE's three fields in, or takes them out. */
export function withPkce(oauth2: OAuth2, on: boolean): OAuth2 {
  const { authorization_request, get_token_request } = oauth2;
  return {
    ...oauth2,
    authorization_request: {
      ...authorization_request,
      queries: [...lacking(authorization_request.queries, CHALLENGE), ...(on ? CHALLENGE : [])],
    },
    get_token_request: {
      ...get_token_request,
      body_fields: [...lacking(get_token_request.body_fields, VERIFIER), ...(on ? VERIFIER : [])],
    },
  };
}
