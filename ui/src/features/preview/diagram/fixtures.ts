import type { Actor, FunctionKind, Message, MessageKind } from '../../../generated/api';

const NAMES: Record<string, Actor> = {
  C: 'creator',
  A: 'assignee',
  CL: 'moxo_client',
  IF: 'integration_framework',
  S: 'moxo_server',
  ES: 'external_service',
};
const KINDS: Record<string, MessageKind> = { '->>': 'request', '-->>': 'reply', '->': 'line' };

/** A message in the seed's notation: `C->>CL: Add app to workspace`, `note over IF: Process is triggered`. */
export function said(at: number, line: string, more: Partial<Message> = {}): Message {
  const [, note, alone, from, arrow, to, label] =
    /^(?:(note) over (\w+)|(\w+?)(-->>|->>|->)(\w+)): (.*)$/.exec(line) ?? [];
  return {
    at,
    stage: 'run',
    from: NAMES[alone ?? from ?? ''] ?? 'creator',
    to: NAMES[alone ?? to ?? ''] ?? 'creator',
    kind: note === undefined ? (KINDS[arrow ?? ''] ?? 'request') : 'note',
    label: label ?? '',
    payload: null,
    failed: false,
    ...more,
  };
}

/** A call of a function, and what it does over HTTP, one request each millisecond. */
export function called(
  at: number,
  kind: FunctionKind,
  call: string,
  statuses: readonly number[] = [],
  more: Partial<Message> = {},
): Message[] {
  const label = `Invoke ${kind} function and get return value`;
  const requests = statuses.flatMap((status, index) => [
    said(at + index, 'IF->>ES: GET s.example/a', { call, detail: true }),
    said(at + index + 1, `ES-->>IF: Status ${status}`, { call, detail: true, failed: status >= 400 }),
  ]);
  return [said(at, `IF-->>IF: ${label}`, { call, function: kind, ...more }), ...requests];
}

/** As wide as it has letters. */
export const measure = (text: string): number => text.length * 6;
