import type { NameValue, NewAuthentication, OAuth1, OAuth2, Request } from '../../generated/api';

/** Rows of `name=value`. */
export function rows(...texts: string[]): NameValue[] {
  return texts.map((text) => ({
    name: text.slice(0, text.indexOf('=')),
    value: text.slice(text.indexOf('=') + 1),
  }));
}

function request(method: 'GET' | 'POST', queries: string[], body_fields: string[] = []): Request {
  return { method, url: '', queries: rows(...queries), headers: [], body_fields: rows(...body_fields) };
}

const CLIENT = ['client_id={{client_id}}', 'client_secret={{client_secret}}'];

/** A new OAuth2 configuration (contract chapter 3). */
export function newOAuth2(): OAuth2 {
  const own = [
    'response_type=code',
    'redirect_uri={{redirect_uri}}',
    'client_id={{client_id}}',
    'state={{state}}',
  ];
  const token = [
    'grant_type=authorization_code',
    'code={{code}}',
    'redirect_uri={{redirect_uri}}',
    ...CLIENT,
  ];
  return {
    client_id: '',
    client_secret: { secret: 'client_secret' },
    authorization_request: request('GET', own),
    get_token_request: request('POST', [], token),
    refresh_token_request: request(
      'POST',
      [],
      ['grant_type=refresh_token', 'refresh_token={{refresh_token}}', ...CLIENT],
    ),
  };
}

/** A new OAuth1 configuration, shortened. */
export function newOAuth1(): OAuth1 {
  const signed = ['oauth_consumer_key={{consumer_key}}', 'oauth_signature={{auto_oauth_signature}}'];
  return {
    consumer_key: '',
    consumer_secret: { secret: 'consumer_secret' },
    signature_method: 'HMAC-SHA1',
    request_token_request: request('POST', ['oauth_callback={{redirect_uri}}', ...signed]),
    authorization_request: request('GET', ['oauth_token={{oauth_request_token}}']),
    get_token_request: request('POST', ['oauth_verifier={{oauth_verifier}}', ...signed]),
  };
}

/** What the program answers to `default_authentication`. */
export function defaultAuthentication(kind: string): NewAuthentication {
  const test: Request = { ...request('GET', []), headers: rows('Authorization=Bearer {{access_token}}') };
  if (kind === 'oauth2') return { authentication: { oauth2: newOAuth2() }, test_token_request: test };
  if (kind === 'oauth1') return { authentication: { oauth1: newOAuth1() }, test_token_request: test };
  return { authentication: kind === 'custom' ? { custom: { inputs: [] } } : {} };
}
