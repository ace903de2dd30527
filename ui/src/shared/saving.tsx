import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from 'react';

import type { DraftStatus } from './draft/draft';

/** Something on screen that saves itself: app.json, a function's index.js. */
interface Saver {
  /** The file, as people know it: `app.json`. */
  name: string;
  status: DraftStatus;
  /** Saves now; rejects when that fails. */
  save: () => Promise<void>;
}

const WORST_FIRST: readonly DraftStatus[] = ['conflict', 'failed', 'unsaved', 'saving', 'saved'];

/** Everything of the app on screen that saves itself, so that the header can tell and Ctrl+S can save. */
export class Savers {
  private readonly savers = new Map<string, Saver>();
  private readonly listeners = new Set<() => void>();
  private summary: { status: DraftStatus; names: string } = { status: 'saved', names: '' };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The worst status, and the files that are in it. */
  readonly snapshot = () => this.summary;

  report(saver: Saver): void {
    this.savers.set(saver.name, saver);
    this.changed();
  }

  forget(name: string): void {
    this.savers.delete(name);
    this.changed();
  }

  /** Saves all; rejects with the first failure after all were tried. */
  async saveAll(): Promise<void> {
    const results = await Promise.allSettled([...this.savers.values()].map((saver) => saver.save()));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  private changed(): void {
    const all = [...this.savers.values()];
    const status = WORST_FIRST.find((worst) => all.some((saver) => saver.status === worst)) ?? 'saved';
    const names = all.flatMap((saver) => (saver.status === status ? saver.name : [])).join(', ');
    if (status === this.summary.status && names === this.summary.names) return;
    this.summary = { status, names };
    for (const listener of this.listeners) listener();
  }
}

const SaversContext = createContext<Savers>(new Savers());

export const SaversProvider = SaversContext;

/** Tells the header how a file stands and gives Ctrl+S, leaving and publishing a way to save it. */
export function useReportSaving(name: string, status: DraftStatus, save: () => Promise<void>): void {
  const savers = useContext(SaversContext);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    savers.report({ name, status, save: () => latest.current() });
  }, [savers, name, status]);
  useEffect(() => () => savers.forget(name), [savers, name]);
}

/** The savers of the app on screen: for files that go on saving while nothing shows them. */
export function useSavers(): Savers {
  return useContext(SaversContext);
}

/** Saves everything that is not saved yet. */
export function useSaveAll(): () => Promise<void> {
  const savers = useContext(SaversContext);
  return useCallback(() => savers.saveAll(), [savers]);
}

/** The worst status of all files on screen. */
export function useSavingSummary() {
  const savers = useContext(SaversContext);
  return useSyncExternalStore(savers.subscribe, savers.snapshot);
}
