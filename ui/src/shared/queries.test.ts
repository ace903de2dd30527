import { QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import type { FlowRunView, Message, ReadFlowRun } from '../generated/api';
import { invoke } from '../platform/invoke';
import { createQueryClient, invalidateFor, keys, readFlowRun } from './queries';

vi.mock('../platform/invoke', () => ({ invoke: vi.fn() }));

const message = (label: string) => ({ label }) as Message;
const labels = (run: FlowRunView) => run.messages.map((one) => one.label);

/** A program whose run has these messages. */
function program(timeline: string[]) {
  vi.mocked(invoke).mockImplementation((_, body) => {
    const { after = 0 } = body as ReadFlowRun;
    return Promise.resolve({ messages: timeline.slice(after).map(message) } as never);
  });
}

it('asks for the messages it does not know, and keeps the order', async () => {
  const timeline = ['a', 'b'];
  program(timeline);
  const first = await readFlowRun('r', undefined);
  timeline.push('c', 'd');
  const second = await readFlowRun('r', first);
  expect(labels(second)).toEqual(['a', 'b', 'c', 'd']);
  expect(invoke).toHaveBeenLastCalledWith('read_flow_run', { flow_run: 'r', after: 2 });
  expect(labels(await readFlowRun('r', second))).toEqual(['a', 'b', 'c', 'd']);
});

it('loses and doubles nothing when an answer to an older question comes last', async () => {
  const timeline = ['a'];
  program(timeline);
  const first = await readFlowRun('r', undefined);
  const early = readFlowRun('r', first);
  timeline.push('b');
  const late = await readFlowRun('r', first);
  expect(labels(late)).toEqual(['a', 'b']);
  // The older answer is put on screen last; the next event brings the rest.
  const shown = await early;
  timeline.push('c');
  expect(labels(await readFlowRun('r', shown))).toEqual(['a', 'b', 'c']);
});

it('reads again what changed while it was being read for the first time', async () => {
  const client = createQueryClient();
  let answer: (state: string) => void = () => undefined;
  const states = [new Promise<string>((resolve) => (answer = resolve)), Promise.resolve('done')];
  const read = vi.fn(() => states.shift() ?? Promise.reject(new Error('read too often')));
  const observer = new QueryObserver(client, { queryKey: keys.authorization('a'), queryFn: read });
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(1));
  invalidateFor(client, { kind: 'authorization_changed', authorization: 'a' });
  answer('running');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('done'));
  expect(read).toHaveBeenCalledTimes(2);
  stop();
});
