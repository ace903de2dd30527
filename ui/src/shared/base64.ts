/** A function takes only so many arguments at once. */
const AT_ONCE = 0x8000;

/** Bytes as base64. */
export function toBase64(content: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < content.length; at += AT_ONCE) {
    parts.push(String.fromCharCode(...content.subarray(at, at + AT_ONCE)));
  }
  return btoa(parts.join(''));
}
