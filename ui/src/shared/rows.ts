import { useState } from 'react';

let last = 0;

function fresh(): string {
  last += 1;
  return `row-${last}`;
}

/** A copy with the item at `from` moved to `to`. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const copy = [...items];
  copy.splice(to, 0, ...copy.splice(from, 1));
  return copy;
}

/** A copy with `item` put in at `index`. */
export function inserted<T>(items: readonly T[], index: number, item: T): T[] {
  const at = Math.min(index, items.length);
  return [...items.slice(0, at), item, ...items.slice(at)];
}

/** A copy without the item at `index`. */
export function without<T>(items: readonly T[], index: number): T[] {
  return items.filter((_, at) => at !== index);
}

/** A copy with the item at `index` replaced. */
export function replaced<T>(items: readonly T[], index: number, item: T): T[] {
  return items.map((old, at) => (at === index ? item : old));
}

/**
 * A lasting identity for each row of a list whose items have none, so that a row keeps its focus and what is typed in it
 * while others come, go and move. The list says what it does; a list changed from outside is matched by length.
 */
export function useRowIds(length: number) {
  const [ids, setIds] = useState<readonly string[]>(() => Array.from({ length }, fresh));
  const fitting = ids.length === length ? ids : fit(ids, length);
  if (fitting !== ids) setIds(fitting);
  return {
    ids: fitting,
    onMove: (from: number, to: number) => setIds(moved(fitting, from, to)),
    onInsert: (index: number) => setIds((now) => inserted(fit(now, length), index, fresh())),
    onRemove: (index: number) => setIds(without(fitting, index)),
  };
}

function fit(ids: readonly string[], length: number): readonly string[] {
  if (ids.length >= length) return ids.slice(0, length);
  return [...ids, ...Array.from({ length: length - ids.length }, fresh)];
}
