import { describe, expect, it } from 'vitest';

import { checkLogo } from './logo';

function png(width: number, height: number, length = 64): Uint8Array {
  const content = new Uint8Array(length);
  content.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(content.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return content;
}

describe('a logo', () => {
  it('can be a PNG of 128 × 128 pixels', () => {
    expect(checkLogo('logo.png', png(128, 128))).toBeUndefined();
    expect(checkLogo('logo.png', png(128, 128, 100 * 1024))).toBeUndefined();
  });

  it.each([
    ['another format', new TextEncoder().encode('GIF89a and then some more bytes'), /not a PNG/],
    ['an empty file', new Uint8Array(), /not a PNG/],
    ['another size', png(256, 128), /256 × 128/],
    ['too many bytes', png(128, 128, 100 * 1024 + 1), /at most 100 KB/],
  ])('cannot be %s', (_, content, reason) => {
    expect(checkLogo('logo.png', content)).toMatch(reason);
  });
});
