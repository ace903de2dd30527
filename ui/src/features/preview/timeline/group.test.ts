import { expect, it } from 'vitest';

import type { Message, Stage } from '../../../generated/api';
import { groupByStage, spoken } from './group';

function message(at: number, stage: Stage, more: Partial<Message> = {}): Message {
  return {
    at,
    stage,
    from: 'creator',
    to: 'moxo_client',
    kind: 'request',
    label: `at ${at}`,
    payload: null,
    failed: false,
    ...more,
  };
}

it('groups messages by stage, in their order, with the time between them', () => {
  const groups = groupByStage([
    message(1_000, 'build'),
    message(1_000, 'authorization'),
    message(1_250, 'authorization'),
    message(61_250, 'build'),
    message(61_251, 'run'),
  ]);
  expect(
    groups.map((group) => [group.stage, group.entries.map((entry) => [entry.index, entry.gap])]),
  ).toEqual([
    ['build', [[0, undefined]]],
    [
      'authorization',
      [
        [1, 0],
        [2, 250],
      ],
    ],
    ['build', [[3, 60_000]]],
    ['run', [[4, 1]]],
  ]);
  expect(groupByStage([])).toEqual([]);
});

it('orders by time what calls that ran at once said, and keeps the order of the same time', () => {
  const [group] = groupByStage([message(5, 'run'), message(3, 'run'), message(5, 'run')]);
  expect(group?.entries.map((entry) => [entry.index, entry.recorded, entry.gap])).toEqual([
    [0, 1, undefined],
    [1, 0, 2],
    [2, 2, 0],
  ]);
});

it('says a message in one sentence', () => {
  expect(spoken(message(0, 'run'))).toBe('Creator to Moxo Client: at 0');
  expect(spoken(message(0, 'run', { kind: 'reply', failed: true }))).toBe(
    'Creator to Moxo Client, reply: at 0, failed',
  );
  expect(spoken(message(0, 'run', { kind: 'reply', to: 'creator' }))).toBe('Creator: at 0');
  expect(spoken(message(0, 'run', { kind: 'note', from: 'integration_framework' }))).toBe(
    'Integration Framework, note: at 0',
  );
});
