import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';

import { EntryRow, type EntryActions } from './EntryRow';
import classes from './history.module.css';
import type { HistoryPages } from './useHistoryPages';
import { ROW, rowAfter, scrollFor } from './window';

interface HistoryListProps extends EntryActions {
  pages: HistoryPages;
  first: number;
  end: number;
  /** Where the list stands, and how much of it is in sight. */
  onScroll: (scrollTop: number, height: number) => void;
}

/** The rows in sight, in a list that is as high as all of them. */
export function HistoryList({ pages, first, end, onScroll, ...actions }: HistoryListProps) {
  const list = useRef<HTMLDivElement>(null);
  /** The row that gets the focus as soon as it is there. */
  const [wanted, setWanted] = useState<number>();

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => onScroll(element.scrollTop, element.clientHeight);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onScroll]);

  const reached = wanted !== undefined && pages.row(wanted) !== undefined ? wanted : undefined;
  useLayoutEffect(() => {
    if (reached === undefined) return;
    const button = list.current?.querySelector<HTMLElement>(`[data-index="${reached}"] [data-entry]`);
    button?.focus({ preventScroll: true });
  }, [reached, first, end]);

  const move = (event: KeyboardEvent) => {
    const element = list.current;
    if (!element || !(event.target instanceof HTMLElement) || event.target.dataset.entry === undefined)
      return;
    const at = Number(event.target.parentElement?.dataset.index);
    const to = rowAfter(event.key, at, pages.total, element.clientHeight);
    if (to === undefined) return;
    event.preventDefault();
    element.scrollTop = scrollFor(to, element.scrollTop, element.clientHeight);
    setWanted(to);
    onScroll(element.scrollTop, element.clientHeight);
  };

  const rows = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  return (
    <div
      ref={list}
      role="list"
      aria-label="History"
      className={classes.list}
      onScroll={(event) => onScroll(event.currentTarget.scrollTop, event.currentTarget.clientHeight)}
      onKeyDown={move}
      onFocus={() => setWanted(undefined)}
    >
      <div role="presentation" className={classes.all} style={{ height: pages.total * ROW }}>
        {rows.map((index) => {
          const row = pages.row(index);
          return (
            <div
              // A row keeps its element while the list moves, so that it keeps the focus.
              key={row?.seq ?? `row ${index}`}
              role="listitem"
              aria-setsize={pages.total}
              aria-posinset={index + 1}
              className={classes.row}
              style={{ top: index * ROW }}
              data-index={index}
            >
              {row ? (
                <EntryRow row={row} {...actions} />
              ) : (
                <span className={classes.coming} aria-label="Reading this entry" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
