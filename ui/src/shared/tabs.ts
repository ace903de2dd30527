import type { FunctionKind } from '../generated/api';

/** The eight tabs of an app, in order. */
export type TabId = 'basics' | 'actions' | 'authorization' | FunctionKind;

export interface Tab {
  id: TabId;
  label: string;
  /** Set for the five function tabs. */
  kind?: FunctionKind;
  /** Redirect and Webhook can be switched off (contract chapter 2). */
  canBeOff?: boolean;
}

export const TABS: readonly Tab[] = [
  { id: 'basics', label: 'Basic Info' },
  { id: 'actions', label: 'Action List' },
  { id: 'authorization', label: 'Authorization' },
  { id: 'identity', label: 'Identity Function', kind: 'identity' },
  { id: 'build', label: 'Build Function', kind: 'build' },
  { id: 'action', label: 'Action Function', kind: 'action' },
  { id: 'redirect', label: 'Redirect Function', kind: 'redirect', canBeOff: true },
  { id: 'webhook', label: 'Webhook Function', kind: 'webhook', canBeOff: true },
];

const KINDS = new Set<string>(TABS.flatMap((tab) => tab.kind ?? []));

function isKind(word: string): word is FunctionKind {
  return KINDS.has(word);
}

/** The tab on which a file or a field of app.json is edited. */
export function tabOf(path: string, file?: string): TabId {
  const inFolder = file?.match(/^functions\/([a-z]+)\//)?.[1];
  if (inFolder !== undefined && isKind(inFolder)) return inFolder;
  const field = path.match(/^([a-z_]+)/)?.[1] ?? '';
  if (field === 'actions') return 'actions';
  if (field === 'authentication' || field === 'auth_config') return 'authorization';
  const kind = field.replace(/_function$/, '');
  if (kind !== field && isKind(kind)) return kind;
  return 'basics';
}
