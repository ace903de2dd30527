import { expect, it } from 'vitest';

import { isolated, shortened, legible, legibleJson } from './foreign';

it.each([
  ['plain', 'plain'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['\u202eoga', '[U+202E]oga'],
  ['a\u2066b\u2069\u2028c', 'a[U+2066]b[U+2069][U+2028]c'],
  ['bell\u0007 \u001b[31m red \u0085', 'bell[U+0007] [U+001B][31m red [U+0085]'],
  ['<b>not bold</b>', '<b>not bold</b>'],
  ['שלום عالم \u200fx \u200d', 'שלום عالم \u200fx \u200d'],
])('%j is shown as %j', (text, expected) => {
  expect(legible(text)).toBe(expected);
});

it('stays JSON that says the same', () => {
  const value = { a: 'x\u202ey', 'k\u2028': '\u0007' };
  const text = legibleJson(JSON.stringify(value));
  expect(text).not.toContain('\u202e');
  expect(JSON.parse(text)).toEqual(value);
});

it('keeps a name in a sentence short, whole letters, and in its own direction', () => {
  expect(isolated('alice')).toBe('alice');
  expect(isolated('\u202eevil')).toBe('[U+202E]evil');
  expect(isolated('שלום 1')).toBe('\u2068שלום 1\u2069');
  expect(isolated('x'.repeat(1_000))).toBe(`${'x'.repeat(79)}…`);
  expect(shortened('👩‍🌾👩‍🌾👩‍🌾', 2)).toBe('👩‍🌾…');
  expect(shortened('👩‍🌾👩‍🌾', 2)).toBe('👩‍🌾👩‍🌾');
});
