import { expect, it } from 'vitest';

import { GUTTER } from './columns';
import { called, measure, said } from './fixtures';
import { unfoldAll, type Unfolded } from './items';
import { layout, rowsBetween, type LayoutInput } from './layout';

const FOLDED: Unfolded = { requests: () => false, attempts: () => false };

function laid(messages: LayoutInput['messages'], more: Partial<LayoutInput> = {}) {
  return layout({ messages, unfolded: FOLDED, width: 700, measure, ...more });
}

const FLOW = [
  said(1_000, 'C->>CL: Add app to workspace', { stage: 'authorization' }),
  said(1_120, 'IF-->>CL: Return value', { stage: 'build' }),
  ...called(1_200, 'action', 'one', [200, 500]),
  said(1_300, 'IF-->>CL: External URL', { failed: true }),
  said(1_400, 'CL-->>CL: Open external URL'),
  said(1_500, 'ES-->>ES: Finish asynchronous operations'),
  said(1_600, 'C->ES: Authenticate'),
];

it('has the lifelines of the seed in its order, and the Assignee once they take part', () => {
  const titles = (messages: LayoutInput['messages']) =>
    laid(messages).columns.map((column) => column.lines.join(' '));
  const seeds = ['Creator', 'Moxo Client', 'Integration Framework', 'Moxo Server', 'External Service'];
  expect(titles([])).toEqual(seeds);
  expect(titles([said(1, 'A->>CL: Click the button')])).toEqual(['Creator', 'Assignee', ...seeds.slice(1)]);
  const { columns } = laid(FLOW);
  const places = columns.map((column) => column.x);
  expect([...places].sort((one, other) => one - other)).toEqual(places);
});

it('fills the room there is, and takes more when the lifelines would stand too close', () => {
  for (const width of [100, 320, 500, 700, 3_000]) {
    const { columns, width: taken } = laid(FLOW, { width });
    const [first, second] = columns;
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeGreaterThanOrEqual(66);
    expect(taken).toBeGreaterThan(columns.at(-1)?.x ?? 0);
    if (width === 500 || width === 700) expect(taken).toBeLessThanOrEqual(width);
  }
});

it('puts rows one below the other without a gap or an overlap, what is open included', () => {
  const { rows, height } = laid(FLOW, { below: (key) => (key === 'message-1' ? 111 : 0) });
  let top = 4;
  for (const row of rows) {
    expect(row.top).toBe(top);
    top += row.height + row.below;
  }
  expect(height).toBeGreaterThanOrEqual(top);
  expect(rows.filter((row) => row.below > 0).map((row) => row.key)).toEqual(['message-1']);
});

it('draws each kind of message as the seed does', () => {
  const { rows, columns } = laid(FLOW);
  const x = (actor: string) => columns.find((column) => column.actor === actor)?.x;
  const shape = (label: string) =>
    rows.find((row) => row.item?.kind === 'message' && row.item.entry.message.label.startsWith(label))?.shape;
  expect(shape('Add app')).toMatchObject({ type: 'arrow', dashed: false, head: true, from: x('creator') });
  expect(shape('Return value')).toMatchObject({ type: 'arrow', dashed: true, to: x('moxo_client') });
  expect(shape('Authenticate')).toMatchObject({ type: 'arrow', dashed: false, head: false });
  expect(shape('Invoke action')).toMatchObject({
    type: 'call',
    text: 'action()',
    aside: { lines: ['2 HTTP requests, 1 failed'], failed: true },
    x: x('integration_framework'),
  });
  // To the right while there is room, to the left at the last lifeline.
  expect(shape('Open external')).toMatchObject({ type: 'loop', towards: 1 });
  expect(shape('Finish')).toMatchObject({ type: 'loop', towards: -1 });
});

it('says of what failed that it did, also when it is folded away', () => {
  const { rows } = laid(FLOW);
  expect(rows.filter((row) => row.failed).map((row) => row.numbers)).toEqual(['8']);
  expect(rows.find((row) => row.numbers === '3')?.shape).toMatchObject({
    aside: { failed: true },
  });
  const url = rows.find((row) => row.numbers === '8')?.shape;
  expect(url?.type === 'arrow' && url.text.lines.join(' ')).toBe('External URL — failed');
  const unfolded = laid(FLOW, { unfolded: unfoldAll(true) }).rows;
  expect(unfolded.filter((row) => row.failed).map((row) => row.numbers)).toEqual(['7', '8']);
});

it('tells the time since the row before', () => {
  const { rows } = laid(FLOW);
  expect(rows.map((row) => row.gap)).toEqual([
    undefined, // the stage
    undefined,
    undefined, // the stage
    120,
    undefined, // the stage
    80,
    100,
    100,
    100,
    100,
  ]);
  const polls = [0, 5_000, 10_000].flatMap((at) => called(at, 'action', `at-${at}`));
  const flow = [...polls, said(10_007, 'C->>CL: Cancel')];
  const gaps = (unfolded: Unfolded) => laid(flow, { unfolded }).rows.map((row) => row.gap);
  expect(gaps(FOLDED)).toEqual([undefined, undefined, 5_000, 7]);
  expect(gaps(unfoldAll(false))).toEqual([undefined, undefined, 0, 5_000, 5_000, 7]);
});

it('keeps every label inside, however long, with an ellipsis where it has to', () => {
  const long = `${'word '.repeat(80)}${'x'.repeat(300)}`;
  for (const line of ['C->>CL', 'C->>ES', 'ES-->>IF', 'ES-->>ES', 'C-->>C', 'note over IF', 'note over ES']) {
    const { rows, width } = laid([said(1, `${line}: ${long}`)], { width: 420 });
    const text = rows
      .map(({ shape }) => ('text' in shape && typeof shape.text === 'object' ? shape.text : undefined))
      .find(Boolean);
    expect(text?.lines.length).toBeLessThanOrEqual(3);
    expect(text?.lines.at(-1)).toMatch(/…$/);
    const wide = Math.max(...(text?.lines ?? []).map(measure));
    const left = { start: 0, middle: wide / 2, end: wide }[text?.anchor ?? 'start'];
    expect((text?.x ?? 0) - left).toBeGreaterThanOrEqual(GUTTER);
    expect((text?.x ?? 0) - left + wide).toBeLessThanOrEqual(width);
  }
});

it('shows how long a call and its attempts go on while they are unfolded', () => {
  const flow = [
    ...called(1, 'action', 'one', [200]),
    said(4, 'note over IF: Invoke action function again'),
    ...called(9, 'action', 'two', [200]),
    said(12, 'note over IF: Invoke action function again'),
  ];
  expect(laid(flow).spans).toEqual([]);
  const { rows, spans } = laid(flow, { unfolded: unfoldAll(true) });
  const end = (key: string) => {
    const row = rows.find((one) => one.key === key);
    return row ? row.top + row.height : 0;
  };
  expect(spans.map(({ key, kind, bottom }) => [key, kind, bottom])).toEqual([
    ['attempts-0', 'frame', end('message-7')],
    ['message-0', 'active', end('message-2') - 2],
    ['message-4', 'active', end('message-6') - 2],
  ]);
});

it('shows the call that is going on last', () => {
  const { rows } = laid(FLOW, { running: 'webhook' });
  expect(rows.at(-1)?.shape).toMatchObject({ type: 'call', text: 'webhook()', running: true });
  expect(rows.at(-1)?.item).toBeUndefined();
});

it('finds the rows of a part, of a thousand as of none', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => said(at * 5, `C->>CL: message ${at}`));
  const { rows, height } = laid(many);
  expect(rowsBetween(rows, 0, height)).toHaveLength(1_001);
  for (const top of [0, 1, 4_321, height - 700]) {
    const part = rowsBetween(rows, top, top + 700);
    const wanted = rows.filter((row) => row.top + row.height >= top && row.top <= top + 700);
    expect(part).toEqual(wanted);
    expect(part.length).toBeLessThan(40);
  }
  expect(rowsBetween([], 0, 100)).toEqual([]);
});
