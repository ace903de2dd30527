import type { Actor, Message, Stage } from '../../../generated/api';

/** A message with its place in the timeline. */
export interface TimelineEntry {
  message: Message;
  /** From 0, in the whole timeline by time. */
  index: number;
  /** From 0, as recorded: stays when an earlier message comes to be known later. */
  recorded: number;
  /** Milliseconds since the message before it; absent for the first. */
  gap: number | undefined;
}

/** Messages of one stage that follow on each other. */
export interface StageGroup {
  stage: Stage;
  entries: TimelineEntry[];
}

/**
 * The timeline by time. The messages of a call are recorded when it returns, so that those of calls that ran at once are not
 * recorded in the order of their times.
 */
export function inOrder(messages: readonly Message[]): TimelineEntry[] {
  const ordered = messages
    .map((message, recorded) => ({ message, recorded }))
    .sort((one, other) => one.message.at - other.message.at);
  return ordered.map(({ message, recorded }, index) => {
    const before = ordered[index - 1]?.message;
    return { message, index, recorded, gap: before && message.at - before.at };
  });
}

/** The timeline in groups, by time: a stage that comes again gets a group of its own. */
export function groupByStage(messages: readonly Message[]): StageGroup[] {
  const groups: StageGroup[] = [];
  for (const entry of inOrder(messages)) {
    const { stage } = entry.message;
    const last = groups.at(-1);
    if (last?.stage === stage) last.entries.push(entry);
    else groups.push({ stage, entries: [entry] });
  }
  return groups;
}

export const STAGES: Record<Stage, string> = {
  authorization: 'Authorization',
  build: 'Build time',
  run: 'Run time',
};

export const ACTORS: Record<Actor, string> = {
  creator: 'Creator',
  assignee: 'Assignee',
  moxo_client: 'Moxo Client',
  integration_framework: 'Integration Framework',
  moxo_server: 'Moxo Server',
  external_service: 'External Service',
};

/** A message in one sentence, for screen readers. */
export function spoken(message: Message): string {
  return `${said(message)}${message.failed ? ', failed' : ''}`;
}

/** The same without how it ended. */
export function said({ from, to, kind, label }: Message): string {
  const alone = from === to || kind === 'note';
  const who = alone ? ACTORS[from] : `${ACTORS[from]} to ${ACTORS[to]}`;
  // The seed draws what an actor does by itself as a reply, too.
  const how = kind === 'note' ? ', note' : kind === 'reply' && !alone ? ', reply' : '';
  return `${who}${how}: ${label}`;
}
