import { expect, it } from 'vitest';

import type { Message } from '../../../generated/api';
import { called, said } from './fixtures';
import { itemsOf, unfoldAll, type Unfolded } from './items';

const FOLDED: Unfolded = { requests: () => false, attempts: () => false };

/** What stands in each row, in words. */
function rows(messages: readonly Message[], unfolded: Unfolded = FOLDED): string[] {
  return itemsOf(messages, unfolded).map((item) => {
    if (item.kind === 'stage') return `[${item.stage}]`;
    if (item.kind === 'attempts') return `${item.function} x${item.times}, ${item.failed} failed`;
    const { index, message } = item.entry;
    return `${index + 1} ${message.function ?? message.label}${item.requests.length > 0 ? ` (${item.requests.length})` : ''}`;
  });
}

const AGAIN = 'note over IF: Invoke action function again';

it('names the stages and folds the requests of a call into it, where they are unfolded by time', () => {
  const messages = [
    said(1, 'C->>CL: Add app to workspace', { stage: 'authorization' }),
    said(2, 'CL->>IF: Invoke build function', { stage: 'build' }),
    ...called(3, 'build', 'one', [200, 500], { stage: 'build' }).map((message) => ({
      ...message,
      stage: 'build' as const,
    })),
    said(9, 'note over IF: Process is triggered'),
  ];
  expect(rows(messages)).toEqual([
    '[authorization]',
    '1 Add app to workspace',
    '[build]',
    '2 Invoke build function',
    '3 build (4)',
    '[run]',
    '8 Process is triggered',
  ]);
  const one: Unfolded = { requests: (key) => key === 'message-2', attempts: () => false };
  expect(rows(messages, one).slice(4, 9)).toEqual([
    '3 build (4)',
    '4 GET s.example/a',
    '5 Status 200',
    '6 GET s.example/a',
    '7 Status 500',
  ]);
});

it('keeps the registration of a webhook in sight', () => {
  const messages = [
    ...called(1, 'action', 'one', [200]),
    said(4, 'IF->>ES: Register webhook', { call: 'one' }),
  ];
  expect(rows(messages)).toEqual(['[run]', '1 action (2)', '4 Register webhook']);
});

it('gives the requests of calls that ran at once to their own calls', () => {
  const messages = [...called(1, 'action', 'one', [200]), ...called(1, 'action', 'two', [404])];
  const unfolded: Unfolded = { requests: (key) => key === 'message-3', attempts: () => true };
  expect(rows(messages, unfolded)).toEqual([
    '[run]',
    'action x2, 0 failed',
    '1 action (2)',
    '3 action (2)',
    '4 GET s.example/a',
    '6 Status 404',
  ]);
});

it('groups retries; the call that something came of stands alone behind them', () => {
  const messages = [
    said(0, 'note over IF: Process is triggered'),
    ...called(1, 'action', 'one', [503]),
    said(3, AGAIN),
    ...called(5_000, 'action', 'two', [200], { failed: true }),
    said(5_002, AGAIN),
    ...called(9_000, 'action', 'three', [200]),
    said(9_002, AGAIN),
    ...called(12_000, 'action', 'four', [200]),
    said(12_003, 'IF->>S: Complete or cancel the action or automation'),
  ];
  expect(rows(messages)).toEqual([
    '[run]',
    '1 Process is triggered',
    'action x3, 1 failed',
    '14 action (2)',
    '17 Complete or cancel the action or automation',
  ]);
  const all = rows(messages, unfoldAll(true));
  expect(all.filter((row) => /^\d/.test(row))).toHaveLength(messages.length);
});

it('groups polls without a word between them, and calls of Build with who asked for them', () => {
  const polls = [1, 2, 3].flatMap((at) => called(at * 100, 'action', `poll-${at}`));
  expect(rows(polls)).toEqual(['[run]', 'action x3, 0 failed']);
  const builds = [1, 2].flatMap((at) => [
    said(at * 10, 'CL->>IF: Invoke build function'),
    ...called(at * 10 + 1, 'build', `build-${at}`, [], { failed: true }),
  ]);
  expect(rows(builds)).toEqual(['[run]', 'build x2, 2 failed']);
});

it('groups nothing that is not the same function, or has something between', () => {
  const loop = [1, 2].flatMap((at) => [
    said(at * 10, 'CL->>IF: Invoke build function'),
    ...called(at * 10 + 1, 'build', `build-${at}`),
    said(at * 10 + 2, 'IF-->>CL: Return value'),
  ]);
  const callbacks = [3, 4].flatMap((at) => [
    said(at * 10, 'ES-->>IF: Send webhook request to `Webhook URL`'),
    ...called(at * 10 + 1, 'webhook', `hook-${at}`),
  ]);
  const different = [...called(60, 'identity', 'a'), ...called(61, 'action', 'b')];
  const messages = [...loop, ...callbacks, ...different];
  expect(rows(messages).filter((row) => / x\d/.test(row))).toEqual([]);
  expect(rows(messages)).toHaveLength(messages.length + 1);
});

it('shows a request whose call is not known', () => {
  expect(rows([said(1, 'IF->>ES: GET s.example/a', { call: 'gone', detail: true })])).toEqual([
    '[run]',
    '1 GET s.example/a',
  ]);
});
