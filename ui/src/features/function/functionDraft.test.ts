import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { commands } from '../../generated/api';
import type { FunctionSource } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { SAVE_DELAY } from '../../shared/draft/autosave';
import { Savers } from '../../shared/saving';
import { findDraft, openDraft, smallestEdit } from './functionDraft';

const PATH = 'functions/build/index.js';
const source: FunctionSource = { function: 'build', path_in_app: PATH, code: 'a', version: '1' };

describe('the draft of a function', () => {
  let savers: Savers;
  beforeEach(() => {
    vi.useFakeTimers();
    savers = new Savers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('saves a moment after the last change, over the version it knows', async () => {
    const save = vi.spyOn(commands, 'saveFunction').mockResolvedValue({ kind: 'saved', version: '2' });
    const draft = openDraft(savers, 'app', source);
    draft.edit('ab');
    expect(savers.snapshot()).toEqual({ status: 'unsaved', names: PATH });
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    draft.edit('abc');
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    expect(save.mock.calls.map(([request]) => request)).toEqual([
      { app: 'app', function: 'build', code: 'ab', base_version: '1' },
      { app: 'app', function: 'build', code: 'abc', base_version: '2' },
    ]);
    expect(savers.snapshot().status).toBe('saved');
  });

  it('is the same draft when its tab comes back, with what could not be saved', async () => {
    vi.spyOn(commands, 'saveFunction').mockRejectedValue(new ApiError('failed', 'No space left on device'));
    openDraft(savers, 'app', source).edit('mine');
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    expect(savers.snapshot()).toEqual({ status: 'failed', names: PATH });

    const again = openDraft(savers, 'app', source);
    expect(again).toBe(findDraft(savers, PATH));
    expect(again.snapshot()).toMatchObject({ value: 'mine', status: 'failed' });
    await expect(savers.saveAll()).rejects.toThrow('No space');
  });

  it('shares nothing with another opening of the app', () => {
    openDraft(savers, 'app', source).edit('mine');
    expect(openDraft(new Savers(), 'app', source).snapshot().value).toBe('a');
  });

  it('keeps its text when the file vanishes, and writes it again when asked to', async () => {
    vi.spyOn(commands, 'readFunction').mockRejectedValue(new ApiError('not_found', 'gone'));
    const save = vi.spyOn(commands, 'saveFunction').mockResolvedValue({ kind: 'saved', version: '9' });
    const draft = openDraft(savers, 'app', source);
    await draft.diskChanged();
    expect(draft.snapshot()).toMatchObject({ value: 'a', status: 'saved' });
    await draft.writeOver('');
    expect(save).toHaveBeenCalledWith({ app: 'app', function: 'build', code: 'a', base_version: '' });
  });

  it('is no conflict when both sides made the same change', async () => {
    vi.spyOn(commands, 'readFunction').mockResolvedValue({ ...source, code: 'ab', version: '2' });
    const draft = openDraft(savers, 'app', source);
    draft.edit('ab');
    await draft.diskChanged();
    expect(draft.snapshot()).toMatchObject({ status: 'saved', conflict: undefined });
  });
});

it.each([
  ['', 'abc'],
  ['abc', ''],
  ['abc', 'abc'],
  ['one two three', 'one 2 three'],
  ['aaa', 'aa'],
  ['aa', 'aaaa'],
  ['xay', 'xbay'],
])('turns %j into %j by the smallest edit', (from, to) => {
  const { start, end, text } = smallestEdit(from, to);
  expect(from.slice(0, start) + text + from.slice(end)).toBe(to);
  expect(end - start).toBeLessThanOrEqual(from.length);
  if (from === to) expect([end - start, text]).toEqual([0, '']);
});
