import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';

import { inserted, moved, replaced, useRowIds, without } from './rows';

it('moves, inserts, removes and replaces without touching the list itself', () => {
  const items = Object.freeze(['a', 'b', 'c']);
  expect(moved(items, 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(items, 2, 0)).toEqual(['c', 'a', 'b']);
  expect(inserted(items, 1, 'x')).toEqual(['a', 'x', 'b', 'c']);
  expect(inserted(items, 9, 'x')).toEqual(['a', 'b', 'c', 'x']);
  expect(without(items, 1)).toEqual(['a', 'c']);
  expect(replaced(items, 1, 'x')).toEqual(['a', 'x', 'c']);
});

it('keeps the identity of rows while others come, go and move', () => {
  const { result, rerender } = renderHook(({ length }) => useRowIds(length), { initialProps: { length: 3 } });
  const [a, b, c] = result.current.ids;

  act(() => result.current.onMove(0, 2));
  expect(result.current.ids).toEqual([b, c, a]);

  act(() => {
    result.current.onRemove(1);
    rerender({ length: 2 });
  });
  expect(result.current.ids).toEqual([b, a]);

  act(() => {
    result.current.onInsert(1);
    rerender({ length: 3 });
  });
  expect(result.current.ids[0]).toBe(b);
  expect(result.current.ids[2]).toBe(a);
  expect(new Set(result.current.ids).size).toBe(3);

  rerender({ length: 5 });
  expect(result.current.ids.slice(0, 3)).toEqual([b, result.current.ids[1], a]);
  expect(new Set(result.current.ids).size).toBe(5);
});
