import type { Actor, FunctionKind, Message } from '../../../generated/api';
import { STAGES, type TimelineEntry } from '../timeline/group';
import { columnsOf, GUTTER, type Column } from './columns';
import { itemsOf, type Item, type Unfolded } from './items';
import { numbersOf, requestsWords, timesCalled } from './names';
import { LINE_HEIGHT, shorten, wrap, type Measure } from './text';

/** What is drawn in a row; all places in pixels, downwards from the row's top. */
export type Shape =
  | { type: 'stage'; text: string }
  | { type: 'arrow'; from: number; to: number; y: number; dashed: boolean; head: boolean; text: Lines }
  /** To oneself. */
  | { type: 'loop'; x: number; y: number; towards: 1 | -1; text: Lines }
  | { type: 'note'; x: number; width: number; text: Lines }
  /** A call, or calls in a row. */
  | {
      type: 'call';
      x: number;
      width: number;
      text: string;
      /** Beside it, or below where there is no room: what its function did over HTTP. */
      aside: (Lines & { y: number; failed: boolean }) | undefined;
      /** Several in a row. */
      stacked: boolean;
      running: boolean;
    };

export interface Lines {
  lines: readonly string[];
  x: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface Row {
  key: string;
  item: Item | undefined;
  top: number;
  /** Of what is drawn. */
  height: number;
  /** Of what was opened below it. */
  below: number;
  shape: Shape;
  failed: boolean;
  /** `12` or `5–12`. */
  numbers: string;
  /** Milliseconds since the end of the row before it; absent for the first. */
  gap: number | undefined;
}

/** What stretches over several rows. */
export interface Span {
  key: string;
  kind: 'active' | 'frame';
  /** The column of what is active. */
  x: number;
  top: number;
  bottom: number;
}

export interface Layout {
  columns: readonly Column[];
  rows: readonly Row[];
  spans: readonly Span[];
  width: number;
  height: number;
}

export interface LayoutInput {
  messages: readonly Message[];
  unfolded: Unfolded;
  /** Pixels there are; it takes more when the lifelines would stand too close. */
  width: number;
  measure: Measure;
  /** Pixels of what is open below a row, by its key. */
  below?: (key: string) => number;
  /** The function that is being called. */
  running?: FunctionKind | undefined;
}

const STAGE_HEIGHT = 30;
const CALL_HEIGHT = 34;
/** Of the box of a call. */
export const BOX_HEIGHT = 24;
/** Beside the box of a call, for what unfolds it. */
const FOLD_WIDTH = 28;
const ARROW = 12;
const PAD = 6;
/** How far a message to oneself goes aside. */
export const LOOP = 22;
/** A label that is longer than its arrow takes at least so much room. */
const READABLE = 230;

/** The whole diagram, from top to bottom. */
export function layout({ messages, unfolded, width: room, measure, below, running }: LayoutInput): Layout {
  const { columns, width } = columnsOf(messages, room, measure);
  const place = new Map<Actor, number>(columns.map(({ actor, x }) => [actor, x]));
  const frame = { place, width, measure };
  const rows: Row[] = [];
  let top = 4;
  let last: number | undefined;
  const put = (row: Omit<Row, 'top' | 'below'>) => {
    const under = row.item === undefined || row.item.kind === 'stage' ? 0 : (below?.(row.key) ?? 0);
    rows.push({ ...row, top, below: under });
    top += row.height + under;
  };
  for (const item of itemsOf(messages, unfolded)) {
    const shape = shapeOf(item, frame);
    const times = timesOf(item);
    put({
      key: item.key,
      item,
      height: heightOf(shape),
      shape,
      failed:
        item.kind === 'attempts' ? item.failed > 0 : item.kind === 'message' && item.entry.message.failed,
      numbers: numbersOf(item),
      gap: times && last !== undefined ? times.first - last : undefined,
    });
    // What is shown row by row below is counted there.
    if (times) last = item.kind === 'attempts' && item.unfolded ? times.first : times.last;
  }
  if (running) {
    const shape: Shape = {
      ...callShape(place.get('integration_framework') ?? 0, nameOf(running), measure),
      running: true,
    };
    const none = { item: undefined, failed: false, numbers: '', gap: undefined };
    put({ key: 'running', height: heightOf(shape), shape, ...none });
  }
  return { columns, rows, spans: spansOf(rows, place), width, height: top + PAD };
}

/** The rows that reach into the part between two places. */
export function rowsBetween(rows: readonly Row[], top: number, bottom: number): readonly Row[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && row.top + row.height + row.below < top) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((rows[end]?.top ?? Infinity) <= bottom) end += 1;
  return rows.slice(low, end);
}

/** `build()`: how a call is named in the diagram. */
export function nameOf(kind: FunctionKind): string {
  return `${kind}()`;
}

type CallShape = Extract<Shape, { type: 'call' }>;

interface Frame {
  place: ReadonlyMap<Actor, number>;
  width: number;
  measure: Measure;
}

/** A call stands for its requests. That one of them failed need not mean that the call did. */
function withAside(
  call: CallShape,
  requests: readonly TimelineEntry[],
  { width, measure }: Frame,
): CallShape {
  if (requests.length === 0) return call;
  const words = requestsWords(requests);
  const failed = requests.some((one) => one.message.failed);
  const beside = call.x + call.width / 2 + FOLD_WIDTH;
  const [lines, middle] = [[words], BOX_HEIGHT / 2 + 4];
  if (beside + measure(words) <= width - 8) {
    return { ...call, aside: { lines, x: beside, anchor: 'start', y: middle, failed } };
  }
  const x = within(call.x, measure(words) + 8, width);
  return { ...call, aside: { lines, x, anchor: 'middle', y: middle + 25, failed } };
}

function timesOf(item: Item): { first: number; last: number } | undefined {
  if (item.kind === 'stage') return undefined;
  if (item.kind === 'message') return { first: item.entry.message.at, last: item.entry.message.at };
  const [first] = item.entries;
  return first && { first: first.message.at, last: item.entries.at(-1)?.message.at ?? first.message.at };
}

function shapeOf(item: Item, frame: Frame): Shape {
  const { place, width, measure } = frame;
  if (item.kind === 'stage') return { type: 'stage', text: STAGES[item.stage] };
  const framework = place.get('integration_framework') ?? 0;
  if (item.kind === 'attempts') {
    const failed = item.failed > 0 ? `, ${item.failed} failed` : '';
    const text = `${nameOf(item.function)} ${timesCalled(item.times)}${failed}`;
    return withAside({ ...callShape(framework, text, measure), stacked: true }, item.requests, frame);
  }
  const { message } = item.entry;
  const [from, to] = [place.get(message.from) ?? 0, place.get(message.to) ?? 0];
  if (message.function) {
    const called = callShape(from, `${nameOf(message.function)}${message.failed ? ' failed' : ''}`, measure);
    return withAside(called, item.requests, frame);
  }
  const said = message.failed ? `${message.label} — failed` : message.label;
  const most = width - GUTTER - 12;
  if (message.kind === 'note') {
    const lines = wrap(said, Math.min(most - 16, READABLE), measure);
    const wide = Math.max(...lines.map(measure)) + 16;
    const x = within(from, wide, width);
    return { type: 'note', x, width: wide, text: { lines, x, anchor: 'middle' } };
  }
  if (from === to) {
    const [right, left] = [width - from - LOOP - 12, from - GUTTER - LOOP - 12];
    const towards = right >= Math.min(READABLE, left) ? 1 : -1;
    const lines = wrap(said, Math.max(60, towards === 1 ? right : left), measure);
    const x = from + towards * (LOOP + 6);
    return {
      type: 'loop',
      x: from,
      y: Math.max(2, Math.round((lines.length * LINE_HEIGHT - ARROW) / 2)) + PAD,
      towards,
      text: { lines, x, anchor: towards === 1 ? 'start' : 'end' },
    };
  }
  const span = Math.abs(to - from) - 16;
  const lines = wrap(said, Math.min(most, Math.max(span, READABLE)), measure);
  const x = within((from + to) / 2, Math.max(...lines.map(measure)) + 4, width);
  return {
    type: 'arrow',
    from,
    to,
    y: PAD + lines.length * LINE_HEIGHT + 5,
    dashed: message.kind === 'reply',
    head: message.kind !== 'line',
    text: { lines, x, anchor: 'middle' },
  };
}

/** The middle of something `wide` as near to `x` as it can be without leaving the diagram. */
function within(x: number, wide: number, width: number): number {
  return Math.round(Math.min(width - 4 - wide / 2, Math.max(GUTTER + 4 + wide / 2, x)));
}

function callShape(x: number, name: string, measure: Measure): CallShape {
  const text = shorten(name, READABLE, measure);
  return {
    type: 'call',
    x,
    width: Math.ceil(measure(text)) + 22,
    text,
    aside: undefined,
    stacked: false,
    running: false,
  };
}

function heightOf(shape: Shape): number {
  switch (shape.type) {
    case 'stage':
      return STAGE_HEIGHT;
    case 'call':
      return Math.max(CALL_HEIGHT, (shape.aside?.y ?? 0) + LINE_HEIGHT);
    case 'note':
      return shape.text.lines.length * LINE_HEIGHT + 2 * PAD + 8;
    case 'loop':
      return Math.max(shape.text.lines.length * LINE_HEIGHT, shape.y - PAD + ARROW + 2) + 2 * PAD;
    case 'arrow':
      return shape.y + ARROW;
  }
}

/** The part of the framework's lifeline in which a call is going on, and frames around unfolded attempts. */
function spansOf(rows: readonly Row[], place: ReadonlyMap<Actor, number>): Span[] {
  const x = place.get('integration_framework') ?? 0;
  const spans = new Map<string, Span & { owner: string | undefined }>();
  for (const { item, key, top, height, below } of rows) {
    if (!item || item.kind === 'stage') continue;
    const owner = item.kind === 'message' ? item.owner : undefined;
    if (item.unfolded) {
      const kind = item.kind === 'message' ? 'active' : 'frame';
      const begin = kind === 'active' ? top + BOX_HEIGHT : top;
      spans.set(key, { key, kind, x, top: begin, bottom: top + height, owner });
    }
    // A request belongs to its call, and with it to the call's attempts.
    let around = owner === undefined ? undefined : spans.get(owner);
    while (around) {
      around.bottom = Math.max(around.bottom, top + height + (around.kind === 'frame' ? below : -2));
      around = around.owner === undefined ? undefined : spans.get(around.owner);
    }
  }
  return [...spans.values()];
}
