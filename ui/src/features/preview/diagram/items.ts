import type { FunctionKind, Message, Stage } from '../../../generated/api';
import { inOrder, type TimelineEntry } from '../timeline/group';

/** What a diagram shows in one row. */
export type Item =
  | { kind: 'stage'; key: string; stage: Stage }
  | MessageItem
  /** Calls of one function, one right after the other, that led to nothing but the next: retries and polls. */
  | {
      kind: 'attempts';
      key: string;
      stage: Stage;
      function: FunctionKind;
      /** Every message of them, by time. */
      entries: readonly TimelineEntry[];
      /** What their function did over HTTP. */
      requests: readonly TimelineEntry[];
      times: number;
      /** Calls, not requests. */
      failed: number;
      unfolded: boolean;
    };

export interface MessageItem {
  kind: 'message';
  key: string;
  entry: TimelineEntry;
  /** Of a call: what its function did over HTTP. */
  requests: readonly TimelineEntry[];
  /** Of a call with requests: they are shown. */
  unfolded: boolean;
  /** What it is folded into when that is folded: a call for its requests, else the attempts it belongs to. */
  owner: string | undefined;
}

/** What is shown of that which can be folded; the names are keys of items. */
export interface Unfolded {
  requests: (call: string) => boolean;
  attempts: (group: string) => boolean;
}

/** Everything, or everything but the requests of functions. */
export function unfoldAll(requests: boolean): Unfolded {
  return { requests: () => requests, attempts: () => true };
}

interface Attempt {
  function: FunctionKind;
  call: TimelineEntry;
  /** Places in the timeline without requests: where it begins, the call itself, and behind its end. */
  begin: number;
  at: number;
  end: number;
}

const keyOf = (entry: TimelineEntry) => `message-${entry.recorded}`;

/** The messages of a run as rows from top to bottom, by time. */
export function itemsOf(messages: readonly Message[], unfolded: Unfolded): Item[] {
  const ordered = inOrder(messages);
  const { requests, owners } = requestsByCall(ordered);
  const shown = ordered.filter((entry) => !owners.has(entry.recorded));
  const groupOf = new Map<number, AttemptGroup>();
  for (const group of groupAttempts(shown)) {
    const without = [...group.entries];
    for (const request of without.flatMap((entry) => requests.get(entry.recorded) ?? [])) {
      group.entries.push(request);
    }
    group.entries.sort((one, other) => one.index - other.index);
    for (const entry of group.entries) groupOf.set(entry.recorded, group);
  }

  const items: Item[] = [];
  const begun = new Set<AttemptGroup>();
  let stage: Stage | undefined;
  const put = (item: Exclude<Item, { kind: 'stage' }>, at: Stage) => {
    if (at !== stage) items.push({ kind: 'stage', key: `stage-${item.key}`, stage: at });
    stage = at;
    items.push(item);
  };
  for (const entry of ordered) {
    const group = groupOf.get(entry.recorded);
    if (group && !begun.has(group)) {
      begun.add(group);
      put(
        {
          kind: 'attempts',
          key: group.key,
          stage: entry.message.stage,
          function: group.function,
          entries: group.entries,
          times: group.calls.length,
          failed: group.calls.filter((call) => call.message.failed).length,
          requests: group.entries.filter((one) => owners.has(one.recorded)),
          unfolded: unfolded.attempts(group.key),
        },
        entry.message.stage,
      );
    }
    if (group && !unfolded.attempts(group.key)) continue;
    const owner = owners.get(entry.recorded);
    if (owner && !unfolded.requests(keyOf(owner))) continue;
    const own = requests.get(entry.recorded) ?? [];
    put(
      {
        kind: 'message',
        key: keyOf(entry),
        entry,
        requests: own,
        unfolded: own.length > 0 && unfolded.requests(keyOf(entry)),
        owner: owner ? keyOf(owner) : group?.key,
      },
      entry.message.stage,
    );
  }
  return items;
}

/** Which call each request belongs to, and the requests of each call, by what was recorded. */
function requestsByCall(ordered: readonly TimelineEntry[]) {
  const calls = new Map<string, TimelineEntry>();
  for (const entry of ordered) {
    const { call, function: called } = entry.message;
    if (called && call) calls.set(call, entry);
  }
  const requests = new Map<number, TimelineEntry[]>();
  const owners = new Map<number, TimelineEntry>();
  for (const entry of ordered) {
    const { call, detail } = entry.message;
    const owner = detail && call ? calls.get(call) : undefined;
    if (!owner) continue;
    owners.set(entry.recorded, owner);
    const known = requests.get(owner.recorded);
    if (known) known.push(entry);
    else requests.set(owner.recorded, [entry]);
  }
  return { requests, owners };
}

interface AttemptGroup {
  key: string;
  function: FunctionKind;
  calls: TimelineEntry[];
  entries: TimelineEntry[];
}

/**
 * Two or more calls of one function that follow on each other with nothing between them but notes (and, for Build, the client
 * that asks for the call). The call that something came of stands alone behind them.
 */
function groupAttempts(shown: readonly TimelineEntry[]): AttemptGroup[] {
  const groups: AttemptGroup[] = [];
  let row: Attempt[] = [];
  const close = () => {
    const [first] = row;
    const last = row.at(-1);
    if (first && last && row.length > 1) {
      groups.push({
        key: `attempts-${first.call.recorded}`,
        function: first.function,
        calls: row.map((attempt) => attempt.call),
        entries: shown.slice(first.begin, last.end),
      });
    }
    row = [];
  };
  for (const attempt of attemptsOf(shown)) {
    const before = row.at(-1);
    const follows = before?.end === attempt.begin && before.function === attempt.function;
    if (before && !follows) close();
    if (isQuiet(shown, attempt)) row.push(attempt);
    else close();
  }
  close();
  return groups;
}

function attemptsOf(shown: readonly TimelineEntry[]): Attempt[] {
  const attempts: Attempt[] = [];
  shown.forEach((call, at) => {
    if (!call.message.function) return;
    const asked = shown[at - 1]?.message;
    const isAsked =
      asked?.kind === 'request' && asked.from === 'moxo_client' && asked.to === 'integration_framework';
    let end = at + 1;
    while (shown[end]?.message.kind === 'note') end += 1;
    attempts.push({ function: call.message.function, call, begin: isAsked ? at - 1 : at, at, end });
  });
  return attempts;
}

/** Nothing came of it: it failed, it is to be made again, or another one follows or is still to come. */
function isQuiet(shown: readonly TimelineEntry[], attempt: Attempt): boolean {
  const notes = attempt.end - attempt.at - 1;
  if (attempt.call.message.failed || notes > 0) return true;
  const next = shown[attempt.end];
  return next === undefined || next.message.function === attempt.function;
}
