import type { Actor, Message } from '../../../generated/api';
import { ACTORS } from '../timeline/group';
import { LINE_HEIGHT, wrap, type Measure } from './text';

/** A lifeline. */
export interface Column {
  actor: Actor;
  /** Pixels from the left to its line. */
  x: number;
  /** Its name, in lines. */
  lines: readonly string[];
  /** Drawn as somebody rather than something. */
  isPerson: boolean;
}

/** Pixels for numbers and times, left of the lifelines. */
export const GUTTER = 58;
const NARROWEST = 66;
const WIDEST = 190;
/** Pixels of the row with the actors' names. */
export const HEAD_HEIGHT = 2 * LINE_HEIGHT + 22;

const ORDER: readonly Actor[] = [
  'creator',
  'assignee',
  'moxo_client',
  'integration_framework',
  'moxo_server',
  'external_service',
];

/**
 * The lifelines in the seed's order, within `width` pixels if there is room. All of the seed's stand there from the begin, so
 * that a run does not move them; the Assignee comes with the first word from or to them.
 */
export function columnsOf(
  messages: readonly Message[],
  width: number,
  measure: Measure,
): { columns: Column[]; width: number } {
  const withAssignee = messages.some(({ from, to }) => from === 'assignee' || to === 'assignee');
  const actors = ORDER.filter((actor) => withAssignee || actor !== 'assignee');
  const room = Math.floor((width - GUTTER - 8) / actors.length);
  const each = Math.min(WIDEST, Math.max(NARROWEST, room));
  const columns = actors.map((actor, place) => ({
    actor,
    x: GUTTER + Math.round(each * (place + 0.5)),
    lines: wrap(ACTORS[actor], each - 6, measure, 2),
    isPerson: actor === 'creator' || actor === 'assignee',
  }));
  return { columns, width: GUTTER + each * actors.length + 8 };
}
