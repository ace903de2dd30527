import { bytes } from '../../shared/format';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The signature, and the length and type of the header chunk, come before the two sizes. */
const WIDTH_AT = 16;
const HEIGHT_AT = 20;
const SIDE = 128;
const MAX_BYTES = 100 * 1024;

/** Why a file cannot be the logo, in a sentence; nothing when it can (contract chapter 2). */
export function checkLogo(name: string, content: Uint8Array): string | undefined {
  const isPng = content.length > HEIGHT_AT + 4 && SIGNATURE.every((byte, at) => content[at] === byte);
  if (!isPng) return `${name} is not a PNG image. Save it as PNG and choose it again.`;
  if (content.length > MAX_BYTES) {
    return `${name} has ${bytes(content.length)}; a logo has at most 100 KB. Reduce its colours or details.`;
  }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const width = view.getUint32(WIDTH_AT);
  const height = view.getUint32(HEIGHT_AT);
  if (width !== SIDE || height !== SIDE) {
    return `${name} measures ${width} × ${height} pixels; a logo is ${SIDE} × ${SIDE}. Resize it and choose it again.`;
  }
  return undefined;
}
