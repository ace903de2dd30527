import { commands } from '../../generated/api';
import type { FunctionKind, FunctionSource } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { Autosave } from '../../shared/draft/autosave';
import type { Savers } from '../../shared/saving';

/** An index.js as it is being edited. */
export type FunctionDraft = Autosave<string>;

/** The drafts of the app on screen. They outlive their tabs: what could not be saved is still there afterwards. */
const drafts = new WeakMap<Savers, Map<string, FunctionDraft>>();

/** The draft of a function that was opened before. */
export function findDraft(savers: Savers, path: string): FunctionDraft | undefined {
  return drafts.get(savers)?.get(path);
}

/** The draft of a function: the one that was opened before, or a new one that starts from `source`. */
export function openDraft(savers: Savers, app: string, source: FunctionSource): FunctionDraft {
  const known = findDraft(savers, source.path_in_app);
  if (known) return known;
  const name = source.path_in_app;
  const kind = source.function;
  const draft = new Autosave(source.code, source.version, {
    name,
    text: (code) => code,
    save: (code, base_version) => commands.saveFunction({ app, function: kind, code, base_version }),
    load: () => loadFunction(app, kind),
  });
  // For as long as the app is on screen, whether or not the tab is: the header tells, Ctrl+S and leaving save.
  draft.subscribe(() => {
    savers.report({ name, status: draft.snapshot().status, save: () => draft.flush() });
  });
  const all = drafts.get(savers) ?? new Map<string, FunctionDraft>();
  drafts.set(savers, all.set(name, draft));
  return draft;
}

async function loadFunction(app: string, kind: FunctionKind) {
  try {
    const { code, version } = await commands.readFunction({ app, function: kind });
    return { value: code, text: code, version };
  } catch (cause) {
    if (ApiError.from(cause).code === 'not_found') return { value: undefined, text: '', version: '' };
    throw cause;
  }
}

/** The smallest replacement that makes `from` into `to`: cursors outside of it stay where they are. */
export function smallestEdit(from: string, to: string): { start: number; end: number; text: string } {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let tail = 0;
  while (tail < most - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  return { start, end: from.length - tail, text: to.slice(start, to.length - tail) };
}
