import { expect, it } from 'vitest';

import { lineRange } from './lineRange';

it.each([
  ['ab\ncd\nef', 1, 'ab'],
  ['ab\ncd\nef', 2, 'cd'],
  ['ab\ncd\nef', 9, 'ef'],
  ['', 3, ''],
])('finds a line of %j', (text, line, found) => {
  const { start, end } = lineRange(text, line);
  expect(text.slice(start, end)).toBe(found);
});
