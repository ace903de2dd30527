import { expect, it } from 'vitest';

import { hunksOf, rowsOf, type Row } from './rows';

const shown = (rows: readonly Row[]) =>
  rows.map(({ left, right, same }) => [left?.text, same ? '=' : '≠', right?.text]);

it('puts changed lines beside each other, and leaves a gap where one text has none', () => {
  const rows = rowsOf('a\nb\nc\n', 'a\nB\nb2\nc\n');
  expect(shown(rows)).toEqual([
    ['a', '=', 'a'],
    ['b', '≠', 'B'],
    [undefined, '≠', 'b2'],
    ['c', '=', 'c'],
  ]);
  expect(rows.map(({ left, right }) => [left?.number, right?.number])).toEqual([
    [1, 1],
    [2, 2],
    [undefined, 3],
    [3, 4],
  ]);
});

it('keeps every line of both texts, in order', () => {
  const words = ['x', 'y', '', 'z'];
  const pick = (seed: number) =>
    Array.from({ length: seed % 9 }, (_, at) => words[(seed * 7 + at * at) % words.length]).join('\n');
  for (let seed = 1; seed < 120; seed += 1) {
    const [left, right] = [`${pick(seed)}\n`, `${pick(seed * 3 + 1)}\n`];
    const rows = rowsOf(left, right);
    const joined = (side: 'left' | 'right') => rows.flatMap((row) => row[side]?.text ?? []).join('\n');
    expect(`${joined('left')}\n`).toBe(left);
    expect(`${joined('right')}\n`).toBe(right);
  }
});

it('folds away what is far from a difference', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const changed = lines.with(10, 'another');
  const hunks = hunksOf(rowsOf(lines.join('\n'), changed.join('\n')));
  expect(hunks.map((hunk) => [hunk.same, hunk.rows.length])).toEqual([
    [true, 7],
    [false, 7],
    [true, 6],
  ]);
  expect(hunksOf(rowsOf('a\n', 'a\n')).map((hunk) => hunk.same)).toEqual([true]);
});
