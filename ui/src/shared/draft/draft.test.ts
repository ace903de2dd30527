import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { App, AppView, SaveResult } from '../../generated/api';
import { Draft, SAVE_DELAY } from './draft';

const app = { name: 'A', actions: [], authentication: {}, vendor_note: 'kept' } as App;

function view(definition: App, definition_version: string): AppView {
  return { id: 'a', path: '/a', definition, definition_version, answers: [], redirect_uri: '', notices: [] };
}

/** A disk with one file, that counts versions. */
class Disk {
  definition: App = app;
  version = 1;
  saves: App[] = [];
  fail: Error | undefined;

  readonly save = async (definition: App, base: string): Promise<SaveResult> => {
    await Promise.resolve();
    if (this.fail) throw this.fail;
    if (base !== String(this.version)) {
      const current_text = JSON.stringify(this.definition);
      return { kind: 'conflict', current_version: String(this.version), current_text };
    }
    this.write(definition);
    this.saves.push(definition);
    return { kind: 'saved', version: String(this.version) };
  };

  readonly load = async (): Promise<AppView> => {
    await Promise.resolve();
    return view(this.definition, String(this.version));
  };

  write(definition: App): void {
    this.definition = definition;
    this.version += 1;
  }
}

describe('a draft', () => {
  let disk: Disk;
  let draft: Draft;

  beforeEach(() => {
    vi.useFakeTimers();
    disk = new Disk();
    draft = new Draft(app, '1', disk);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const rename = (name: string) => draft.edit((definition) => ({ ...definition, name }));
  const wait = (ms = SAVE_DELAY) => vi.advanceTimersByTimeAsync(ms);

  it('saves once, a moment after the last edit', async () => {
    rename('B');
    await wait(SAVE_DELAY - 50);
    rename('C');
    expect(draft.snapshot().status).toBe('unsaved');
    await wait(SAVE_DELAY - 50);
    expect(disk.saves).toHaveLength(0);
    await wait(50);
    expect(disk.saves.map((saved) => saved.name)).toEqual(['C']);
    expect(draft.snapshot().status).toBe('saved');
  });

  it('keeps fields that nobody knows', async () => {
    rename('B');
    await wait();
    expect(disk.saves[0]).toHaveProperty('vendor_note', 'kept');
  });

  it('saves what was typed while a save was under way', async () => {
    rename('B');
    vi.advanceTimersByTime(SAVE_DELAY);
    rename('C');
    expect(draft.snapshot().status).toBe('saving');
    await wait(3 * SAVE_DELAY);
    expect(disk.saves.map((saved) => saved.name)).toEqual(['B', 'C']);
    expect(draft.snapshot().status).toBe('saved');
  });

  it('saves at once when asked to', async () => {
    rename('B');
    await draft.flush();
    expect(disk.definition.name).toBe('B');
    await wait();
    expect(disk.saves).toHaveLength(1);
  });

  it('takes over a change on disk while there are no edits here', async () => {
    disk.write({ ...app, name: 'Theirs' });
    await draft.diskChanged();
    expect(draft.snapshot()).toMatchObject({ status: 'saved', definition: { name: 'Theirs' } });
  });

  it('does not take its own save for a change by another', async () => {
    rename('B');
    vi.advanceTimersByTime(SAVE_DELAY);
    const told = draft.diskChanged();
    await wait();
    await told;
    expect(draft.snapshot()).toMatchObject({ status: 'saved', definition: { name: 'B' } });
  });

  it('reports a conflict instead of writing over a change', async () => {
    disk.write({ ...app, name: 'Theirs' });
    rename('Mine');
    await wait();
    const { status, conflict } = draft.snapshot();
    expect(status).toBe('conflict');
    expect(conflict?.mine).toContain('Mine');
    expect(conflict?.theirs).toContain('Theirs');
    expect(disk.definition.name).toBe('Theirs');
    await expect(draft.flush()).rejects.toThrow(/changed on disk/);
  });

  it('reports a conflict as soon as the file changes under unsaved edits', async () => {
    rename('Mine');
    disk.write({ ...app, name: 'Theirs' });
    await draft.diskChanged();
    expect(draft.snapshot().status).toBe('conflict');
    await wait(5 * SAVE_DELAY);
    expect(disk.saves).toHaveLength(0);
  });

  it('keeps mine: what is here is written over what was seen there', async () => {
    disk.write({ ...app, name: 'Theirs' });
    rename('Mine');
    await wait();
    rename('Mine, later');
    await draft.keepMine();
    expect(disk.definition.name).toBe('Mine, later');
    expect(draft.snapshot()).toMatchObject({ status: 'saved', conflict: undefined });
  });

  it('keeps mine, but not over a third change that nobody saw', async () => {
    disk.write({ ...app, name: 'Theirs' });
    rename('Mine');
    await wait();
    disk.write({ ...app, name: 'Third' });
    await expect(draft.keepMine()).rejects.toThrow(/changed on disk/);
    expect(disk.definition.name).toBe('Third');
    expect(draft.snapshot().conflict?.theirs).toContain('Third');
  });

  it('takes theirs: what is on disk is on screen', async () => {
    disk.write({ ...app, name: 'Theirs' });
    rename('Mine');
    await wait();
    await draft.takeTheirs();
    expect(draft.snapshot()).toMatchObject({ status: 'saved', definition: { name: 'Theirs' } });
    rename('Next');
    await wait();
    expect(disk.definition.name).toBe('Next');
  });

  it('keeps edits whose save failed, and saves them with the next try', async () => {
    disk.fail = new Error('No space left on device');
    rename('B');
    await wait();
    expect(draft.snapshot()).toMatchObject({ status: 'failed', definition: { name: 'B' } });
    expect(draft.snapshot().error?.message).toContain('No space');
    disk.fail = undefined;
    await draft.flush();
    expect(disk.definition.name).toBe('B');
  });

  it('takes one edit back and leaves the later ones', async () => {
    const undo = { label: 'Description removed', revert: (now: App) => ({ ...now, description: 'D' }) };
    draft.edit((now) => ({ ...now, description: undefined }), undo);
    rename('Later');
    expect(draft.undo(undo)).toBe('Description removed');
    expect(draft.snapshot().definition).toMatchObject({ name: 'Later', description: 'D' });
    expect(draft.undo(undo)).toBeUndefined();
    await wait();
    expect(disk.definition).toMatchObject({ name: 'Later', description: 'D' });
  });
});
