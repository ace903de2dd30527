import type { Place } from '../navigation';
import { TABS, tabOf } from '../tabs';

/** One line of a stack, with the place it leads to when that is a function of this app. */
export interface StackLine {
  /** What stands before the place. */
  before: string;
  /** `functions/build/index.js:3:5`; empty = the line names no place in the app. */
  where: string;
  after: string;
  place?: Place;
}

const WHERE = /(functions\/[a-z]+\/[^\s:()]+):(\d+)(?::(\d+))?/;

/** Where a file's line is edited; nothing when the window has no editor for the file. */
export function placeOf(file: string | undefined, line?: number, column?: number): Place | undefined {
  const kind = file === undefined ? undefined : /^functions\/([a-z]+)\/index\.js$/.exec(file)?.[1];
  if (kind === undefined || !TABS.some((tab) => tab.kind === kind)) return undefined;
  return { tab: tabOf('', file), line, column };
}

/** A stack in Node's format, line by line. The first line is the error itself unless it is a frame. */
export function parseStack(stack: string): StackLine[] {
  const lines = stack.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const found = WHERE.exec(line);
    if (!found) return { before: line, where: '', after: '' };
    const [where, file = '', row, column] = found;
    const place = placeOf(file, Number(row), column === undefined ? undefined : Number(column));
    return {
      before: line.slice(0, found.index),
      where,
      after: line.slice(found.index + where.length),
      ...(place ? { place } : {}),
    };
  });
}
