import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import type { FunctionKind, Message } from '../../../generated/api';
import { exactTime } from '../../../shared/format';
import { MessageDetails } from '../timeline/MessageDetails';
import { HEAD_HEIGHT } from './columns';
import classes from './diagram.module.css';
import { Body, Heads } from './Drawing';
import type { Item } from './items';
import { layout, rowsBetween, type Row } from './layout';
import { accessibleName, requestsWords } from './names';
import { SCREEN } from './paint';
import { measureWith } from './text';
import { toggled, useFold, type Fold } from './useFold';
import { useScroll } from './useScroll';

interface DiagramProps {
  messages: readonly Message[];
  /** What functions do over HTTP is shown, unless it was folded away one by one. */
  requests: boolean;
  /** The function that is being called. */
  running?: FunctionKind | undefined;
}

type Entry = Row & { item: Exclude<Item, { kind: 'stage' }> };

const isEntry = (row: Row): row is Entry => row.item !== undefined && row.item.kind !== 'stage';

/**
 * The messages between the actors' lifelines, as they happen. What is seen is drawn in SVG, as much of it as is in view; what
 * is clicked, focused and read out is a list of buttons over it.
 */
export function Diagram({ messages, requests, running }: DiagramProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const [focused, setFocused] = useState<string>();
  const wanted = useRef<string>(undefined);
  const measure = useMemo(() => measureWith(getComputedStyle(document.body).fontFamily), []);
  const fold = useFold(requests);
  const [contentHeight, setContentHeight] = useState(0);
  const element = useRef<HTMLDivElement>(null);
  const scroll = useScroll(element, contentHeight);

  const { columns, rows, spans, width, height } = useMemo(
    () =>
      layout({
        messages,
        unfolded: fold.unfolded,
        width: scroll.width,
        measure,
        below: (key) => (open.has(key) ? (heights.get(key) ?? 0) : 0),
        running,
      }),
    [messages, fold.unfolded, scroll.width, measure, open, heights, running],
  );
  if (contentHeight !== height) setContentHeight(height);

  const entries = useMemo(() => rows.filter(isEntry), [rows]);
  const place = entries.findIndex((entry) => entry.key === focused);
  const current = place < 0 ? entries.length - 1 : place;
  const firsts = useMemo(() => firstsOfStages(rows), [rows]);

  const drawn = rowsBetween(rows, scroll.top, scroll.bottom);
  // What has the focus or is open stays, in view or not.
  const kept = entries.filter((entry, index) => index === current || open.has(entry.key));
  const present = [...new Set([...drawn.filter(isEntry), ...kept])].sort((one, other) => one.top - other.top);
  const top = Math.min(scroll.top, height);
  const bottom = Math.min(scroll.bottom, height);

  useLayoutEffect(() => {
    const key = wanted.current;
    const row = rows.find((one) => one.key === key);
    if (key === undefined || !row) return;
    // How much room it takes is known with the next layout.
    if (open.has(key) && !heights.has(key)) return;
    wanted.current = undefined;
    scroll.reveal(row.top, row.top + row.height + row.below, HEAD_HEIGHT);
    element.current?.querySelector<HTMLElement>(`[data-entry="${key}"]`)?.focus({ preventScroll: true });
  });

  const focus = (entry: Entry | undefined) => {
    if (!entry) return;
    wanted.current = entry.key;
    scroll.stay();
    setFocused(entry.key);
  };
  const toggle = (entry: Entry) => {
    // What is being read stays where it is.
    scroll.stay();
    if (entry.item.kind === 'attempts') {
      fold.toggle(entry.item);
      return;
    }
    const { key } = entry;
    if (open.has(key)) setHeights((known) => new Map([...known].filter(([other]) => other !== key)));
    setOpen((known) => toggled(known, key));
  };
  const move = (event: KeyboardEvent) => {
    const entry = entries[current];
    if (!entry || !(event.target instanceof HTMLElement) || !event.target.dataset.entry) return;
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined) focus(entries[Math.min(entries.length - 1, Math.max(0, to))]);
    else if (event.key === 'ArrowRight' && canFold(entry.item) && !entry.item.unfolded)
      fold.toggle(entry.item);
    else if (event.key === 'ArrowLeft' && canFold(entry.item) && entry.item.unfolded) fold.toggle(entry.item);
    else if (event.key === 'ArrowLeft' && entry.item.kind === 'message') {
      const { owner } = entry.item;
      focus(entries.find((one) => one.key === owner));
    } else return;
    if (to === undefined) scroll.stay();
    event.preventDefault();
  };
  const resize = (key: string, pixels: number) => {
    // What has just been opened comes into view.
    if (!heights.has(key)) wanted.current = key;
    setHeights((known) => (known.get(key) === pixels ? known : new Map(known).set(key, pixels)));
  };

  return (
    <div ref={element} className={classes.scroll} onScroll={scroll.onScroll}>
      <svg className={classes.heads} width={width} height={HEAD_HEIGHT} aria-hidden>
        <Heads columns={columns} paint={SCREEN} />
      </svg>
      <div
        className={classes.body}
        style={{ width, height }}
        role="list"
        aria-label="Diagram"
        onKeyDown={move}
      >
        <svg
          className={classes.drawing}
          style={{ top }}
          width={width}
          height={Math.max(0, bottom - top)}
          viewBox={`0 ${top} ${width} ${Math.max(1, bottom - top)}`}
          fontSize={12}
          aria-hidden
        >
          <Body
            columns={columns}
            rows={drawn}
            spans={spans.filter((span) => span.bottom >= top && span.top <= bottom)}
            paint={SCREEN}
            width={width}
            top={top}
            bottom={bottom}
          />
        </svg>
        {present.map((entry) => (
          <EntryButton
            key={entry.key}
            entry={entry}
            place={entries.indexOf(entry)}
            count={entries.length}
            beginsStage={firsts.has(entry.key)}
            open={open.has(entry.key)}
            reachable={entry === entries[current]}
            fold={fold}
            room={scroll.width}
            onFocus={() => setFocused(entry.key)}
            onToggle={() => toggle(entry)}
            onFold={scroll.stay}
            onResize={resize}
          />
        ))}
      </div>
    </div>
  );
}

function firstsOfStages(rows: readonly Row[]): ReadonlySet<string> {
  const firsts = new Set<string>();
  rows.forEach((row, index) => {
    if (rows[index - 1]?.item?.kind === 'stage') firsts.add(row.key);
  });
  return firsts;
}

function canFold(item: Entry['item']): boolean {
  return item.kind === 'attempts' || item.requests.length > 0;
}

interface EntryButtonProps {
  entry: Entry;
  /** From 0, among all. */
  place: number;
  count: number;
  beginsStage: boolean;
  open: boolean;
  /** Tab stops here; the arrow keys reach the others. */
  reachable: boolean;
  fold: Fold;
  /** Pixels for what is opened. */
  room: number;
  onFocus: () => void;
  onToggle: () => void;
  onFold: () => void;
  onResize: (key: string, pixels: number) => void;
}

function EntryButton({
  entry,
  place,
  count,
  beginsStage,
  open,
  reachable,
  fold,
  room,
  ...on
}: EntryButtonProps) {
  const { key, item, top, height, shape, gap } = entry;
  const isFolding = item.kind === 'attempts';
  return (
    <div
      role="listitem"
      className={classes.entry}
      style={{ top }}
      aria-posinset={place + 1}
      aria-setsize={count}
    >
      <button
        type="button"
        className={classes.button}
        style={{ height }}
        data-entry={key}
        tabIndex={reachable ? 0 : -1}
        aria-expanded={isFolding ? item.unfolded : open}
        aria-label={accessibleName(item, gap, beginsStage)}
        title={isFolding ? undefined : titleOf(item)}
        onFocus={on.onFocus}
        onClick={on.onToggle}
      />
      {canFold(item) && shape.type === 'call' && (
        <FoldButton item={item} left={shape.x + shape.width / 2 + 4} fold={fold} onFold={on.onFold} />
      )}
      {open && item.kind === 'message' && (
        <Details room={room} onResize={(pixels) => on.onResize(key, pixels)}>
          <MessageDetails message={item.entry.message} />
        </Details>
      )}
    </div>
  );
}

function titleOf(item: Extract<Item, { kind: 'message' }>): string {
  const { label, at } = item.entry.message;
  return `${label}\n${exactTime(at)}`;
}

interface FoldButtonProps {
  item: Entry['item'];
  left: number;
  fold: Fold;
  onFold: () => void;
}

/** The arrow keys do the same from the entry itself. */
function FoldButton({ item, left, fold, onFold }: FoldButtonProps) {
  const Icon = item.unfolded ? IconChevronDown : IconChevronRight;
  const what = item.kind === 'attempts' ? 'the calls' : requestsWords(item.requests);
  return (
    <ActionIcon
      className={classes.fold ?? ''}
      style={{ left }}
      size={20}
      tabIndex={-1}
      aria-label={`${item.unfolded ? 'Fold' : 'Unfold'} ${what}`}
      onClick={() => {
        onFold();
        fold.toggle(item);
      }}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}

interface DetailsProps {
  room: number;
  onResize: (pixels: number) => void;
  children: React.ReactNode;
}

/** What is opened below a message; tells how much room it takes. */
function Details({ room, onResize, children }: DetailsProps) {
  const element = useRef<HTMLDivElement>(null);
  const tell = useRef(onResize);
  useLayoutEffect(() => {
    tell.current = onResize;
  });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => tell.current(current.offsetHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={element} className={classes.details} style={{ width: room }}>
      {children}
    </div>
  );
}
