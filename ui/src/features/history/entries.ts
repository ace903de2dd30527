import type { FindHistory, FunctionKind, HistoryKind, HistoryRow } from '../../generated/api';

/** What is looked for, as the fields of the dialog hold it. */
export interface Sought {
  text: string;
  inErrors: boolean;
  kind: HistoryKind | null;
  actionKey: string | null;
  functionKind: FunctionKind | null;
  status: string | null;
  /** Days, `YYYY-MM-DD`, in the time of this machine; both are included. */
  from: string | null;
  to: string | null;
}

export const ANYTHING: Sought = {
  text: '',
  inErrors: false,
  kind: null,
  actionKey: null,
  functionKind: null,
  status: null,
  from: null,
  to: null,
};

/** Whether anything is left out. */
export function isNarrowed(sought: Sought): boolean {
  const { kind, actionKey, functionKind, status, from, to } = sought;
  const filters = [kind, actionKey, functionKind, status, from, to];
  return sought.text.trim() !== '' || filters.some((value) => value !== null);
}

/** The beginning of a day, and of the one after `days` more. */
function midnight(day: string, days = 0): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + days).getTime();
}

/** The request for what is looked for in an app. */
export function requestOf(app: string, sought: Sought): FindHistory {
  return {
    app,
    text: sought.text,
    in_errors: sought.inErrors,
    ...(sought.kind === null ? {} : { kind: sought.kind }),
    ...(sought.actionKey === null ? {} : { action_key: sought.actionKey }),
    ...(sought.functionKind === null ? {} : { function: sought.functionKind }),
    ...(sought.status === null ? {} : { status: sought.status }),
    ...(sought.from === null ? {} : { from: midnight(sought.from) }),
    ...(sought.to === null ? {} : { to: midnight(sought.to, 1) }),
  };
}

const FUNCTIONS: Record<string, string> = {
  identity: 'Identity',
  build: 'Build',
  action: 'Action',
  redirect: 'Redirect',
  webhook: 'Webhook',
};

/** What an entry is, whatever it was named: the action, or the function that was called by itself. */
export function ownTitleOf(row: HistoryRow): string {
  if (row.kind === 'call') return `Call of ${FUNCTIONS[row.functions[0] ?? ''] ?? 'a function'}`;
  return row.action_title === '' ? row.action_key : row.action_title;
}

/** What an entry is called. */
export function titleOf(row: HistoryRow): string {
  return row.name === '' ? ownTitleOf(row) : row.name;
}
