import { describe, expect, it } from 'vitest';

import { toBase64 } from './base64';

describe('bytes as base64', () => {
  it('keeps every byte', () => {
    expect(toBase64(new Uint8Array([0, 255, 16]))).toBe('AP8Q');
    expect(toBase64(new Uint8Array())).toBe('');
  });

  it('keeps the order across the pieces it is made of', () => {
    const content = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 31) % 251);
    const back = Uint8Array.from(atob(toBase64(content)), (letter) => letter.charCodeAt(0));
    expect(back).toEqual(content);
  });
});
