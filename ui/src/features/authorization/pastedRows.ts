import type { NameValue } from '../../generated/api';

/** What is decoded of a query or form text; as it stands where it is not encoded well. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function line(text: string): NameValue | undefined {
  const header = /^([!#$%&'*+\-.^_`|~\w]+):\s*(.*)$/.exec(text);
  return header ? { name: header[1] ?? '', value: (header[2] ?? '').trim() } : undefined;
}

/** `a=b&c=d`, also the whole address in front of it; undefined when it is something else. */
function fromQuery(text: string): NameValue[] | undefined {
  const address = /^https?:\/\/[^\s?#]*\?([^\s#]*)/.exec(text);
  const query = address ? (address[1] ?? '') : text.replace(/^\?/, '');
  const parts = query.split('&').filter((part) => part !== '');
  const pairs = parts.map((part) => /^([^=\s{}]+)=(.*)$/.exec(part));
  if (pairs.some((pair) => pair === null)) return undefined;
  const rows = pairs.flatMap((pair) =>
    pair ? [{ name: decoded(pair[1] ?? ''), value: decoded(pair[2] ?? '') }] : [],
  );
  return rows.length > 0 ? rows : undefined;
}

/**
 * The rows that a pasted text holds: `a=b&c=d` (with or without an address before it), or lines of `Name: value` or
 * `name=value`. Undefined when the text is one value and no more.
 */
export function pastedRows(text: string): NameValue[] | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const [first] = lines;
  if (first === undefined) return undefined;
  if (lines.length === 1) {
    const rows = fromQuery(first);
    if (rows) return rows;
    // One header, such as `Accept: application/json`; `https://…` has no blank behind its colon.
    return /^[\w-]+:\s/.test(first) ? [line(first)].filter((row) => row !== undefined) : undefined;
  }
  const rows = lines.flatMap((one) => {
    const pair = /^([^=\s:{}]+)=(.*?)&?$/.exec(one);
    const row = line(one) ?? (pair ? { name: pair[1] ?? '', value: decoded(pair[2] ?? '') } : undefined);
    return row ? [row] : [];
  });
  return rows.length === lines.length ? rows : undefined;
}
