import { useMemo, useState } from 'react';

import type { Item, Unfolded } from './items';

/** What is folded away, and the way to change it. */
export interface Fold {
  unfolded: Unfolded;
  toggle: (item: Exclude<Item, { kind: 'stage' }>) => void;
}

/** Calls start as `requests` says, attempts folded; each can be changed alone. */
export function useFold(requests: boolean): Fold {
  const [changed, setChanged] = useState<{ base: boolean; keys: ReadonlySet<string> }>({
    base: requests,
    keys: new Set(),
  });
  const [groups, setGroups] = useState<ReadonlySet<string>>(new Set());
  // The switch for all of them begins anew.
  if (changed.base !== requests) setChanged({ base: requests, keys: new Set() });
  const unfolded = useMemo<Unfolded>(
    () => ({
      requests: (call) => changed.base !== changed.keys.has(call),
      attempts: (group) => groups.has(group),
    }),
    [changed, groups],
  );
  return {
    unfolded,
    toggle: (item) => {
      if (item.kind === 'attempts') setGroups((known) => toggled(known, item.key));
      else setChanged((known) => ({ ...known, keys: toggled(known.keys, item.key) }));
    },
  };
}

/** The same with `key` in it, or out of it if it was in. */
export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
