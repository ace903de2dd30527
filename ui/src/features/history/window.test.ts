import { expect, it } from 'vitest';

import { PAGE, pagesOf, ROW, rowAfter, rowsInSight, scrollFor } from './window';

it('draws what is in sight and a little around it, whatever the length of the list', () => {
  expect(rowsInSight(0, 480, 3)).toEqual([0, 3]);
  expect(rowsInSight(0, 480, 100_000)).toEqual([0, 16]);
  const [first, end] = rowsInSight(50_000 * ROW, 480, 100_000);
  expect(first).toBeLessThanOrEqual(50_000);
  expect(end).toBeGreaterThanOrEqual(50_010);
  expect(end - first).toBeLessThan(30);
  expect(rowsInSight(100_000 * ROW - 480, 480, 100_000)[1]).toBe(100_000);
  // The list has become shorter than where it stood.
  expect(rowsInSight(9_000, 480, 5)).toEqual([5, 5]);
});

it('reads the pages that hold these rows', () => {
  expect(pagesOf(0, 0)).toEqual([]);
  expect(pagesOf(0, PAGE)).toEqual([0]);
  expect(pagesOf(PAGE - 1, PAGE + 1)).toEqual([0, 1]);
  expect(pagesOf(PAGE * 7, PAGE * 7 + 20)).toEqual([7]);
});

it('moves by keys within the list, and scrolls no further than needed', () => {
  expect(rowAfter('ArrowDown', 4, 5, 480)).toBe(4);
  expect(rowAfter('ArrowUp', 0, 5, 480)).toBe(0);
  expect(rowAfter('PageDown', 10, 100, 480)).toBe(19);
  expect(rowAfter('End', 0, 100_000, 480)).toBe(99_999);
  expect(rowAfter('Home', 9, 100, 480)).toBe(0);
  expect(rowAfter('x', 1, 5, 480)).toBeUndefined();
  expect(scrollFor(2, 0, 480)).toBe(0);
  expect(scrollFor(10, 0, 480)).toBe(ROW);
  expect(scrollFor(1, 480, 480)).toBe(ROW);
});
