const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Why an address cannot be a server's, in a sentence; `null` when it can. */
export function serverUrlProblem(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return 'Expected a whole address, such as https://example.com/integration.';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'Expected an address that begins with https://.';
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) {
    return 'The access token would travel unencrypted: use https://.';
  }
  if (url.search !== '' || url.hash !== '') return 'Expected an address without a query and a fragment.';
  return null;
}
