import { diffLines } from 'diff';

/** A line of one of the texts. */
export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

/** Two lines that stand beside each other; one is absent where the other text has no line for it. */
export interface Row {
  left: Line | undefined;
  right: Line | undefined;
  same: boolean;
}

/** Rows that differ, or equal ones that can be folded away. */
export interface Hunk {
  rows: Row[];
  same: boolean;
}

/** Equal lines shown around a difference. */
const AROUND = 3;

/** The two texts line by line, beside each other. */
export function rowsOf(left: string, right: string): Row[] {
  const rows: Row[] = [];
  let leftNumber = 1;
  let rightNumber = 1;
  let removed: Line[] = [];
  let added: Line[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      rows.push({ left: removed[index], right: added[index], same: false });
    }
    removed = [];
    added = [];
  };
  for (const part of diffLines(left, right)) {
    const lines = part.value.replace(/\n$/, '').split('\n');
    if (part.removed) {
      removed.push(...lines.map((text) => ({ number: leftNumber++, text })));
    } else if (part.added) {
      added.push(...lines.map((text) => ({ number: rightNumber++, text })));
    } else {
      flush();
      for (const text of lines) {
        rows.push({
          left: { number: leftNumber++, text },
          right: { number: rightNumber++, text },
          same: true,
        });
      }
    }
  }
  flush();
  return rows;
}

/** The rows in hunks: those near a difference are shown with it, the others can be folded away. */
export function hunksOf(rows: readonly Row[]): Hunk[] {
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some((row) => !row.same),
  );
  const hunks: Hunk[] = [];
  rows.forEach((row, index) => {
    const same = near[index] !== true;
    const last = hunks.at(-1);
    if (last?.same === same) last.rows.push(row);
    else hunks.push({ rows: [row], same });
  });
  return hunks;
}
