import type { App, AppView, SaveResult } from '../../generated/api';
import type { ApiError } from '../../platform/error';
import { Autosave, type DraftConflict, type DraftStatus } from './autosave';

export { SAVE_DELAY, type DraftConflict, type DraftStatus } from './autosave';

/** What the window shows of a draft. */
export interface DraftState {
  definition: App;
  status: DraftStatus;
  conflict?: DraftConflict | undefined;
  /** Why the last save failed; the edits are still here and are tried again with the next one. */
  error?: ApiError | undefined;
  /** What Undo would take back, newest last. */
  undoable: readonly Undo[];
}

/** A way back from an edit that a person may regret. */
export interface Undo {
  /** Such as "Action removed". */
  label: string;
  revert: (definition: App) => App;
  /** The part of the window that offers it beside the change, such as `authentication`. */
  place?: string;
}

/** The commands a draft needs. */
export interface DraftDisk {
  save: (definition: App, baseVersion: string) => Promise<SaveResult>;
  load: () => Promise<AppView>;
}

const UNDO_DEPTH = 50;

/** The definition as it is being edited: app.json that saves itself, with a way back from single edits. */
export class Draft {
  private readonly file: Autosave<App>;
  private undoable: readonly Undo[] = [];
  /** The definition that `undoable` belongs to the history of; another one came from disk. */
  private known: App;
  private state: DraftState;
  private readonly listeners = new Set<() => void>();

  constructor(definition: App, version: string, disk: DraftDisk) {
    this.known = definition;
    this.file = new Autosave(definition, version, {
      name: 'app.json',
      text,
      save: (value, base) => disk.save(value, base),
      load: async () => {
        const view = await disk.load();
        const value = view.definition ?? undefined;
        const shown = value ? text(value) : (view.definition_text ?? '');
        return { value, version: view.definition_version, text: shown };
      },
    });
    this.state = this.current();
    this.file.subscribe(() => this.changed());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): DraftState => this.state;

  /** Changes the definition. `change` must spread what it gets, so that unknown fields stay. */
  edit(change: (definition: App) => App, undo?: Undo): void {
    const definition = change(this.state.definition);
    if (definition === this.state.definition) return;
    if (undo) this.undoable = [...this.undoable, undo].slice(-UNDO_DEPTH);
    this.known = definition;
    this.file.edit(definition);
  }

  /** Takes back `undo`, or the latest edit that can be taken back. Says what it was. `redo` is the way back from that. */
  undo(undo: Undo | undefined = this.undoable.at(-1), redo?: Undo): string | undefined {
    if (!undo || !this.undoable.includes(undo)) return undefined;
    this.undoable = this.undoable.filter((other) => other !== undo);
    this.changed();
    this.edit(undo.revert, redo);
    return undo.label;
  }

  /** Saves what is not saved yet; settles when nothing is left to do. Rejects when it could not be saved. */
  flush(): Promise<void> {
    return this.file.flush();
  }

  /** app.json may have changed on disk: look, and take it over or report the conflict. */
  diskChanged(): Promise<void> {
    return this.file.diskChanged();
  }

  /** Settles a conflict by writing over what is on disk. */
  keepMine(): Promise<void> {
    return this.file.keepMine();
  }

  /** Settles a conflict by dropping the edits here. */
  takeTheirs(): Promise<void> {
    return this.file.takeTheirs();
  }

  private changed(): void {
    const { value } = this.file.snapshot();
    if (value !== this.known) {
      // Taken over from disk: the ways back lead from what is no longer there.
      this.known = value;
      this.undoable = [];
    }
    this.state = this.current();
    for (const listener of this.listeners) listener();
  }

  private current(): DraftState {
    const { value, ...rest } = this.file.snapshot();
    return { ...rest, definition: value, undoable: this.undoable };
  }
}

function text(definition: App): string {
  return `${JSON.stringify(definition, null, 2)}\n`;
}
