/** Something that is usual in a place, and what it is for. */
export interface Suggestion {
  text: string;
  hint?: string;
}

/** The three lists of a request (contract chapter 3). */
export type RowList = 'queries' | 'headers' | 'body_fields';

const PARAMETERS: readonly Suggestion[] = [
  { text: 'grant_type', hint: 'What is exchanged for a token' },
  { text: 'response_type', hint: 'What the redirect brings: a code' },
  { text: 'client_id', hint: 'Which client asks' },
  { text: 'client_secret', hint: 'Proves that it is this client' },
  { text: 'redirect_uri', hint: 'Where the browser is sent back to' },
  { text: 'code', hint: 'What the redirect brought' },
  { text: 'refresh_token', hint: 'Gets the next token' },
  { text: 'access_token', hint: 'The token that is in use' },
  { text: 'scope', hint: 'What the token may be used for' },
  { text: 'state', hint: 'Random per attempt, checked on return' },
  { text: 'access_type', hint: 'Google: whether there is a refresh token' },
  { text: 'prompt', hint: 'Whether the provider asks again' },
  { text: 'audience', hint: 'Which service the token is for' },
  { text: 'resource', hint: 'Which service the token is for (RFC 8707)' },
  { text: 'response_mode', hint: 'How the redirect brings the code' },
  { text: 'login_hint', hint: 'Who will probably sign in' },
  { text: 'nonce', hint: 'OpenID Connect: ties the id token to the attempt' },
  { text: 'code_challenge', hint: 'PKCE: derived from the verifier' },
  { text: 'code_challenge_method', hint: 'PKCE: how it is derived' },
  { text: 'code_verifier', hint: 'PKCE: proves who asked for the code' },
];

const SIGNED_PARAMETERS: readonly Suggestion[] = [
  { text: 'oauth_callback', hint: 'Where the browser is sent back to' },
  { text: 'oauth_consumer_key', hint: 'Which client asks' },
  { text: 'oauth_signature_method', hint: 'How the request is signed' },
  { text: 'oauth_timestamp', hint: 'When the request was made' },
  { text: 'oauth_nonce', hint: 'Random for each request' },
  { text: 'oauth_version', hint: 'Always 1.0' },
  { text: 'oauth_signature', hint: 'Covers all parameters of the request' },
  { text: 'oauth_token', hint: 'The request token, later the token' },
  { text: 'oauth_verifier', hint: 'What the redirect brought' },
  { text: 'scope', hint: 'What the token may be used for' },
];

const HEADERS: readonly Suggestion[] = [
  { text: 'Authorization', hint: 'Who asks: Basic or Bearer' },
  { text: 'Accept', hint: 'What the answer should be' },
  { text: 'Content-Type', hint: 'How the body is encoded' },
  { text: 'User-Agent', hint: 'Which program asks; some providers insist' },
  { text: 'Accept-Language', hint: 'The language of messages' },
  { text: 'Cache-Control', hint: 'Whether an older answer will do' },
];

const VALUES: Readonly<Record<string, readonly Suggestion[]>> = {
  grant_type: [
    { text: 'authorization_code', hint: 'The code for a token' },
    { text: 'refresh_token', hint: 'The refresh token for the next token' },
    { text: 'client_credentials', hint: 'The client by itself, without a person' },
  ],
  response_type: [
    { text: 'code', hint: 'The authorization code grant' },
    { text: 'code id_token', hint: 'OpenID Connect, hybrid flow' },
  ],
  response_mode: [{ text: 'query', hint: 'In the address of the redirect' }],
  access_type: [
    { text: 'offline', hint: 'With a refresh token' },
    { text: 'online', hint: 'Without one' },
  ],
  prompt: [
    { text: 'consent', hint: 'Ask for consent each time' },
    { text: 'login', hint: 'Sign in each time' },
    { text: 'select_account', hint: 'Choose an account each time' },
    { text: 'none', hint: 'Never ask' },
  ],
  code_challenge_method: [{ text: 'S256' }],
  oauth_version: [{ text: '1.0' }],
  scope: [
    { text: 'openid email profile', hint: 'OpenID Connect: who signed in' },
    { text: 'offline_access', hint: 'OpenID Connect: a refresh token' },
  ],
  'content-type': [
    { text: 'application/x-www-form-urlencoded', hint: 'Body fields as a form; the default' },
    { text: 'application/json', hint: 'Body fields as one flat object' },
  ],
  accept: [{ text: 'application/json' }, { text: 'application/x-www-form-urlencoded' }],
  'cache-control': [{ text: 'no-cache' }],
};

/** Values that are one variable: which, by the parameter's name. */
const VARIABLE_OF: Readonly<Record<string, string>> = {
  oauth_callback: 'redirect_uri',
  oauth_consumer_key: 'consumer_key',
  oauth_signature_method: 'signature_method',
  oauth_timestamp: 'auto_oauth_timestamp',
  oauth_nonce: 'auto_oauth_nonce',
  oauth_signature: 'auto_oauth_signature',
};

const AUTHORIZATION: readonly Suggestion[] = [
  { text: 'Bearer {{access_token}}', hint: 'The token that is in use' },
  { text: 'Basic {{client_id}}:{{client_secret}}', hint: 'The client; base64 is put in when it is sent' },
  {
    text: 'Basic {{consumer_key}}:{{consumer_secret}}',
    hint: 'The client; base64 is put in when it is sent',
  },
];

/** The names that are usual in a list of a request, without those that stand there. */
export function usualNames(list: RowList, oauth1: boolean, taken: readonly string[]): Suggestion[] {
  const names = list === 'headers' ? HEADERS : oauth1 ? SIGNED_PARAMETERS : PARAMETERS;
  return names.filter(({ text }) => !taken.some((one) => one.toLowerCase() === text.toLowerCase()));
}

/** The values that are usual for a name, of those that have a value there. */
export function usualValues(
  name: string,
  variables: readonly { name: string; text: string }[],
  oauth1 = false,
): Suggestion[] {
  const known = (text: string) =>
    [...text.matchAll(/\{\{([^{}]+)\}\}/g)].every((match) =>
      variables.some((variable) => variable.name === match[1]),
    );
  const key = name.trim().toLowerCase();
  if (key === 'authorization') return AUTHORIZATION.filter(({ text }) => known(text));
  const meant =
    oauth1 && key === 'oauth_token'
      ? ['oauth_token', 'oauth_request_token'].find((one) => known(`{{${one}}}`))
      : (VARIABLE_OF[key] ?? key);
  const own = variables.find((variable) => variable.name === meant);
  return [...(own ? [{ text: `{{${own.name}}}`, hint: own.text }] : []), ...(VALUES[key] ?? [])];
}

/** Those that fit what is typed, best first; one that stands there already is no suggestion. */
export function fitting(suggestions: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const of = (how: (text: string) => boolean) => suggestions.filter(({ text }) => how(text.toLowerCase()));
  if (wanted === '') return [...suggestions];
  if (of((text) => text === wanted).length > 0) return [];
  return [
    ...of((text) => text.startsWith(wanted)),
    ...of((text) => !text.startsWith(wanted) && text.includes(wanted)),
  ];
}
