import type { NameValue, OAuth2 } from '../../generated/api';

function pairs(...list: readonly (readonly [name: string, value: string])[]): NameValue[] {
  return list.map(([name, value]) => ({ name, value }));
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
