import { expect, it } from 'vitest';

import { measure } from './fixtures';
import { shorten, wrap } from './text';

it('breaks between words, and inside a word that is wider than a line', () => {
  expect(wrap('Invoke build function', 90, measure)).toEqual(['Invoke build', 'function']);
  expect(wrap('  a \n b\tc ', 90, measure)).toEqual(['a b c']);
  expect(wrap('abcdefghij klm', 30, measure)).toEqual(['abcde', 'fghij', 'klm']);
  expect(wrap('GET a.example/long/path', 72, measure)).toEqual(['GET a.', 'example/', 'long/path']);
  expect(wrap('', 30, measure)).toEqual(['']);
});

it('loses no letter while it has lines', () => {
  for (const text of ['GET a.example/a/rather/long/path', 'a b c d e f g', '😀😀😀😀😀😀 smile']) {
    for (let width = 6; width < 240; width += 7) {
      const lines = wrap(text, width, measure, 100);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(measure(line) <= width || line.length <= 2).toBe(true);
    }
  }
});

it('ends what does not fit with an ellipsis', () => {
  expect(wrap('one two three four five six', 30, measure, 2)).toEqual(['one', 'two…']);
  expect(shorten('External Service', 60, measure)).toBe('External …');
  expect(shorten('short', 60, measure)).toBe('short');
});
