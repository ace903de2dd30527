/** Height of a row, in pixels; the stylesheet has it too. */
export const ROW = 48;
/** Rows that the program gives at once. */
export const PAGE = 100;
/** Rows that are drawn above and below what is in sight. */
const AROUND = 6;

/** The rows that have to be drawn, from the first to before the last. */
export function rowsInSight(scrollTop: number, height: number, total: number): [first: number, end: number] {
  const first = Math.max(0, Math.floor(scrollTop / ROW) - AROUND);
  const end = Math.min(total, Math.ceil((scrollTop + height) / ROW) + AROUND);
  return [Math.min(first, total), end];
}

/** The pages that hold these rows. */
export function pagesOf(first: number, end: number): number[] {
  if (end <= first) return [];
  const from = Math.floor(first / PAGE);
  const to = Math.floor((end - 1) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Where a key leads from a row; undefined = it is no such key. */
export function rowAfter(key: string, at: number, total: number, height: number): number | undefined {
  const page = Math.max(1, Math.floor(height / ROW) - 1);
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: total - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.min(total - 1, Math.max(0, to));
}

/** Where to scroll so that a row is in sight. */
export function scrollFor(row: number, scrollTop: number, height: number): number {
  const top = row * ROW;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + ROW - height);
}
