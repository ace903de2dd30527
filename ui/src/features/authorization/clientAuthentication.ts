import type { NameValue, OAuth2, Request } from '../../generated/api';

/** How the token requests prove which client asks (RFC 6749, section 2.3.1). */
export type ClientStyle = 'basic' | 'body' | 'none' | 'own';

const ID = '{{client_id}}';
const SECRET = '{{client_secret}}';
const BASIC = `Basic ${ID}:${SECRET}`;

const tight = (text: string) => text.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, '{{$1}}').trim();
const holdsSecret = (text: string) => tight(text).includes(SECRET);
const isBasic = (row: NameValue) =>
  row.name.trim().toLowerCase() === 'authorization' && tight(row.value).toLowerCase() === BASIC.toLowerCase();
const is = (row: NameValue, name: string, value: string) =>
  row.name.trim() === name && tight(row.value) === value;

/** Where the parameters of a request stand: a GET has no body. */
function parametersOf(request: Request): 'queries' | 'body_fields' {
  return request.method === 'GET' ? 'queries' : 'body_fields';
}

function styleOfRequest(request: Request): ClientStyle {
  const places = [
    request.url,
    ...[...request.queries, ...request.headers, ...request.body_fields].map((row) => row.value),
  ].filter(holdsSecret);
  const basic = request.headers.filter(isBasic).length;
  const body = request[parametersOf(request)].filter((row) => is(row, 'client_secret', SECRET)).length;
  if (places.length === 0) return 'none';
  if (places.length === 1 && basic === 1) return 'basic';
  return places.length === 1 && body === 1 ? 'body' : 'own';
}

/** The way that get and refresh go together; `own` = neither of the usual ones, or two different ones. */
export function clientStyle(oauth2: OAuth2): ClientStyle {
  const style = styleOfRequest(oauth2.get_token_request);
  const refresh = oauth2.refresh_token_request && styleOfRequest(oauth2.refresh_token_request);
  return refresh === undefined || refresh === style ? style : 'own';
}

function inStyle(request: Request, style: Exclude<ClientStyle, 'own'>): Request {
  const list = parametersOf(request);
  const others = (rows: readonly NameValue[]) => rows.filter((row) => !holdsSecret(row.value));
  const cleared: Request = {
    ...request,
    queries: others(request.queries),
    headers: others(request.headers),
    body_fields: others(request.body_fields),
  };
  const rest = cleared[list].filter((row) => !is(row, 'client_id', ID));
  const hadId = cleared[list].find((row) => is(row, 'client_id', ID));
  // A client that is named twice is refused by some providers, so Basic names it in the header alone.
  if (style === 'basic') {
    const header = { name: 'Authorization', value: BASIC };
    return { ...cleared, headers: [header, ...cleared.headers], [list]: rest };
  }
  const named = hadId ? cleared[list] : [...rest, { name: 'client_id', value: ID }];
  const secret = style === 'body' ? [{ name: 'client_secret', value: SECRET }] : [];
  return { ...cleared, [list]: [...named, ...secret] };
}

/** Both requests with the client proved in this way; everything else in them stays. */
export function withClientStyle(oauth2: OAuth2, style: Exclude<ClientStyle, 'own'>): OAuth2 {
  const { get_token_request, refresh_token_request } = oauth2;
  return {
    ...oauth2,
    get_token_request: inStyle(get_token_request, style),
    ...(refresh_token_request ? { refresh_token_request: inStyle(refresh_token_request, style) } : {}),
  };
}
