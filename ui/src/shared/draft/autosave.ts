import type { SaveResult } from '../../generated/api';
import { ApiError } from '../../platform/error';

/** Where what is on screen stands against the file on disk. */
export type DraftStatus = 'saved' | 'unsaved' | 'saving' | 'conflict' | 'failed';

/** The file was changed by someone else while there are edits here. */
export interface DraftConflict {
  /** What would be written. */
  mine: string;
  /** What is on disk. */
  theirs: string;
  /** The version of `theirs`. */
  version: string;
}

export interface AutosaveState<T> {
  value: T;
  status: DraftStatus;
  conflict?: DraftConflict | undefined;
  /** Why the last save failed; the edits are still here and are tried again with the next one. */
  error?: ApiError | undefined;
}

/** A file as read from disk. */
export interface Loaded<T> {
  /** Absent = the file is not there, or cannot be read as a `T`. */
  value: T | undefined;
  /** The file as text, for a comparison. */
  text: string;
  version: string;
}

/** The file behind an `Autosave`. */
export interface AutosaveFile<T> {
  /** As people know it: `app.json`. */
  name: string;
  save: (value: T, baseVersion: string) => Promise<SaveResult>;
  load: () => Promise<Loaded<T>>;
  text: (value: T) => string;
}

/** Milliseconds without an edit before a save. */
export const SAVE_DELAY = 400;

/**
 * A file as it is being edited: saves by itself a moment after the last edit, notices when the file changes under it and
 * never writes over a change it has not seen.
 */
export class Autosave<T> {
  private state: AutosaveState<T>;
  private version: string;
  private readonly file: AutosaveFile<T>;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  /** Counts saves, so that what was read before a save is not taken for news. */
  private saves = 0;
  private changedWhileSaving = false;

  constructor(value: T, version: string, file: AutosaveFile<T>) {
    this.state = { value, status: 'saved' };
    this.version = version;
    this.file = file;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): AutosaveState<T> => this.state;

  /** Puts another value in the place of the one here. */
  edit(value: T): void {
    if (value === this.state.value) return;
    if (this.state.conflict) {
      this.set({ value, conflict: { ...this.state.conflict, mine: this.file.text(value) } });
      return;
    }
    this.set({ value, status: this.running ? 'saving' : 'unsaved' });
    this.schedule();
  }

  /** Saves what is not saved yet; settles when nothing is left to do. Rejects when it could not be saved. */
  async flush(): Promise<void> {
    this.stopTimer();
    while (this.running) await this.running;
    if (this.state.status === 'unsaved' || this.state.status === 'failed') {
      this.running = this.saveOnce();
      await this.running;
    }
    if (this.state.conflict) {
      throw new ApiError(
        'conflict',
        `${this.file.name} was changed on disk. Choose which of the two to keep first.`,
      );
    }
    if (this.state.error) throw this.state.error;
  }

  /** The file may have changed on disk: look, and take it over or report the conflict. */
  async diskChanged(): Promise<void> {
    if (this.running) {
      this.changedWhileSaving = true;
      return;
    }
    const before = this.saves;
    const loaded = await this.file.load();
    if (this.saves === before && !this.isSaving()) this.take(loaded);
    // What was read is older than a save made since: look again (or after the save that is under way).
    else await this.diskChanged();
  }

  /** Takes over what was just read from disk. */
  private take(loaded: Loaded<T>): void {
    if (loaded.version === this.version) return;
    if (this.state.status === 'saved') {
      // A file that is gone or unreadable is dealt with by whoever shows it; what was here stays.
      if (loaded.value === undefined) return;
      this.version = loaded.version;
      this.set({ value: loaded.value });
      return;
    }
    this.stopTimer();
    const mine = this.file.text(this.state.value);
    if (mine === loaded.text) {
      // The same edit was made on both sides.
      this.version = loaded.version;
      this.set({ status: 'saved', conflict: undefined, error: undefined });
      return;
    }
    this.set({ status: 'conflict', conflict: { mine, theirs: loaded.text, version: loaded.version } });
  }

  /** Settles a conflict by writing over what is on disk. */
  async keepMine(): Promise<void> {
    if (this.state.conflict) await this.writeOver(this.state.conflict.version);
  }

  /** Writes what is here over `version`, saved or not; an empty version = over nothing. */
  async writeOver(version: string): Promise<void> {
    this.version = version;
    this.set({ status: 'unsaved', conflict: undefined });
    await this.flush();
  }

  /** Settles a conflict by dropping the edits here. */
  async takeTheirs(): Promise<void> {
    if (!this.state.conflict) return;
    const loaded = await this.file.load();
    this.version = loaded.version;
    this.set({
      status: 'saved',
      conflict: undefined,
      error: undefined,
      ...(loaded.value === undefined ? {} : { value: loaded.value }),
    });
  }

  /** Stops the timer; what is unsaved stays unsaved. */
  stopTimer(): void {
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

  /** Writes the value as it is now. Never rejects: the outcome is in the state. */
  private async saveOnce(): Promise<void> {
    const sent = this.state.value;
    this.set({ status: 'saving', error: undefined });
    try {
      const result = await this.file.save(sent, this.version);
      this.saves += 1;
      if (result.kind === 'saved') {
        this.version = result.version;
        this.set({ status: this.state.value === sent ? 'saved' : 'unsaved' });
      } else {
        this.stopTimer();
        this.set({
          status: 'conflict',
          conflict: {
            mine: this.file.text(this.state.value),
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

  private set(change: Partial<AutosaveState<T>>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
