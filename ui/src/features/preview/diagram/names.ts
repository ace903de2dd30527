import type { Message } from '../../../generated/api';
import { duration } from '../../../shared/format';
import { said, STAGES } from '../timeline/group';
import type { Item } from './items';

/** `12`, or `5–12` for what stands for several messages. */
export function numbersOf(item: Item): string {
  if (item.kind === 'stage') return '';
  if (item.kind === 'message') return String(item.entry.index + 1);
  const [first, last] = [item.entries[0], item.entries.at(-1)];
  return first && last ? `${first.index + 1}–${last.index + 1}` : '';
}

/** `called 4 times`. */
export function timesCalled(times: number): string {
  return times === 1 ? 'called once' : `called ${times} times`;
}

/** `3 HTTP requests, 1 failed`: what a call's messages amount to. */
export function requestsWords(requests: readonly { message: Message }[]): string {
  const count = requests.filter(({ message }) => message.kind === 'request').length;
  const failed = requests.filter(({ message }) => message.failed).length;
  return `${count === 1 ? '1 HTTP request' : `${count} HTTP requests`}${failed === 0 ? '' : `, ${failed} failed`}`;
}

/** What a screen reader says of a row: everything that is drawn, the stage when it begins. */
export function accessibleName(item: Item, gap: number | undefined, beginsStage: boolean): string {
  if (item.kind === 'stage') return STAGES[item.stage];
  const since = gap === undefined ? '' : `, ${duration(gap)} after the last`;
  if (item.kind === 'attempts') {
    const name = `${item.function.charAt(0).toUpperCase()}${item.function.slice(1)}`;
    const requests = item.requests.length > 0 ? `, ${requestsWords(item.requests)}` : '';
    const failed = item.failed > 0 ? `, ${item.failed} of the calls failed` : '';
    const numbers = numbersOf(item).replace('–', ' to ');
    const stage = beginsStage ? `${STAGES[item.stage]}. ` : '';
    return `${stage}${numbers}. Integration Framework: ${name} ${timesCalled(item.times)} in a row${since}${requests}${failed}`;
  }
  const { entry, requests } = item;
  const { message } = entry;
  const stage = beginsStage ? `${STAGES[message.stage]}. ` : '';
  const parts = [`${stage}${entry.index + 1}. ${said(message)}${since}`];
  if (requests.length > 0) parts.push(requestsWords(requests));
  if (message.failed) parts.push('failed');
  return parts.join(', ');
}
