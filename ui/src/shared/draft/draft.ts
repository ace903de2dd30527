import type { App, AppView, SaveResult } from '../../generated/api';
import { ApiError } from '../../platform/error';

/** Where the definition on screen stands against app.json on disk. */
export type DraftStatus = 'saved' | 'unsaved' | 'saving' | 'conflict' | 'failed';

/** app.json was changed by someone else while there are edits here. */
export interface DraftConflict {
  /** What would be written. */
  mine: string;
  /** What is on disk. */
  theirs: string;
  /** The version of `theirs`. */
  version: string;
}

/** What the window shows of a draft. */
export interface DraftState {
  definition: App;
  status: DraftStatus;
  conflict?: DraftConflict;
  /** Why the last save failed; the edits are still here and are tried again with the next one. */
  error?: ApiError;
  /** What Undo would take back, newest last. */
  undoable: readonly Undo[];
}

/** A way back from an edit that a person may regret. */
export interface Undo {
  /** Such as "Action removed". */
  label: string;
  revert: (definition: App) => App;
}

/** The commands a draft needs. */
export interface DraftDisk {
  save: (definition: App, baseVersion: string) => Promise<SaveResult>;
  load: () => Promise<AppView>;
}

/** Milliseconds without an edit before a save. */
export const SAVE_DELAY = 400;

const UNDO_DEPTH = 50;

/**
 * The definition as it is being edited: saves by itself a moment after the last edit, notices when app.json changes under
 * it and never writes over a change it has not seen.
 */
export class Draft {
  private state: DraftState;
  private version: string;
  private readonly disk: DraftDisk;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  /** Counts saves, so that a view read before a save is not taken for news. */
  private saves = 0;
  private changedWhileSaving = false;

  constructor(definition: App, version: string, disk: DraftDisk) {
    this.state = { definition, status: 'saved', undoable: [] };
    this.version = version;
    this.disk = disk;
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
    const undoable = undo ? [...this.state.undoable, undo].slice(-UNDO_DEPTH) : this.state.undoable;
    if (this.state.conflict) {
      const conflict = { ...this.state.conflict, mine: text(definition) };
      this.set({ definition, undoable, conflict });
      return;
    }
    this.set({ definition, undoable, status: this.running ? 'saving' : 'unsaved' });
    this.schedule();
  }

  /** Takes back `undo`, or the latest edit that can be taken back. Says what it was. */
  undo(undo: Undo | undefined = this.state.undoable.at(-1)): string | undefined {
    if (!undo || !this.state.undoable.includes(undo)) return undefined;
    this.set({ undoable: this.state.undoable.filter((other) => other !== undo) });
    this.edit(undo.revert);
    return undo.label;
  }

  /** Saves what is not saved yet; settles when nothing is left to do. Rejects when it could not be saved. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.running) await this.running;
    if (this.state.status === 'unsaved' || this.state.status === 'failed') {
      this.running = this.saveOnce();
      await this.running;
    }
    if (this.state.conflict) {
      throw new ApiError('conflict', 'app.json was changed on disk. Choose which of the two to keep first.');
    }
    if (this.state.error) throw this.state.error;
  }

  /** app.json may have changed on disk: look, and take it over or report the conflict. */
  async diskChanged(): Promise<void> {
    if (this.running) {
      this.changedWhileSaving = true;
      return;
    }
    const before = this.saves;
    const view = await this.disk.load();
    if (this.saves === before && !this.isSaving()) this.take(view);
    // What was read is older than a save made since: look again (or after the save that is under way).
    else await this.diskChanged();
  }

  /** Takes over what was just read from disk. */
  private take(view: AppView): void {
    if (view.definition_version === this.version) return;
    if (this.state.status === 'saved') {
      // A file that is no app any more is shown for repair by whoever shows the draft.
      if (!view.definition) return;
      this.version = view.definition_version;
      this.set({ definition: view.definition, undoable: [] });
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    const theirs = view.definition ? text(view.definition) : (view.definition_text ?? '');
    this.set({
      status: 'conflict',
      conflict: { mine: text(this.state.definition), theirs, version: view.definition_version },
    });
  }

  /** Settles a conflict by writing over what is on disk. */
  async keepMine(): Promise<void> {
    const { conflict } = this.state;
    if (!conflict) return;
    this.version = conflict.version;
    this.set({ status: 'unsaved', conflict: undefined });
    await this.flush();
  }

  /** Settles a conflict by dropping the edits here. */
  async takeTheirs(): Promise<void> {
    if (!this.state.conflict) return;
    const view = await this.disk.load();
    this.version = view.definition_version;
    this.set({
      status: 'saved',
      conflict: undefined,
      error: undefined,
      undoable: [],
      ...(view.definition ? { definition: view.definition } : {}),
    });
  }

  /** Stops the timer; what is unsaved stays unsaved. */
  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private isSaving(): boolean {
    return this.running !== undefined;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.running) this.schedule();
      else this.running = this.saveOnce();
    }, SAVE_DELAY);
  }

  /** Writes the definition as it is now. Never rejects: the outcome is in the state. */
  private async saveOnce(): Promise<void> {
    const sent = this.state.definition;
    this.set({ status: 'saving', error: undefined });
    try {
      const result = await this.disk.save(sent, this.version);
      this.saves += 1;
      if (result.kind === 'saved') {
        this.version = result.version;
        this.set({ status: this.state.definition === sent ? 'saved' : 'unsaved' });
      } else {
        clearTimeout(this.timer);
        this.timer = undefined;
        this.set({
          status: 'conflict',
          conflict: {
            mine: text(this.state.definition),
            theirs: result.current_text,
            version: result.current_version,
          },
        });
      }
    } catch (cause) {
      this.set({ status: 'failed', error: ApiError.from(cause) });
    } finally {
      this.running = undefined;
    }
    if (this.state.status === 'unsaved' && this.timer === undefined) this.schedule();
    if (this.changedWhileSaving) {
      this.changedWhileSaving = false;
      void this.diskChanged().catch(() => undefined);
    }
  }

  private set(change: Partial<DraftState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function text(definition: App): string {
  return `${JSON.stringify(definition, null, 2)}\n`;
}
