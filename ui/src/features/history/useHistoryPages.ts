import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { FindHistory, HistoryPage, HistoryRow } from '../../generated/api';
import { keys } from '../../shared/queries';
import { PAGE, pagesOf } from './window';

/** Pages out of sight are given back after this time, so that a long list costs no more than a short one. */
const KEPT_MS = 15_000;

/** What of a list is there. */
export interface HistoryPages {
  /** How many rows the list has; what is known of it until it was counted. */
  total: number;
  /** It was counted. */
  counted: boolean;
  /** A row, unless it is still being read. */
  row: (index: number) => HistoryRow | undefined;
  pending: boolean;
  error: unknown;
  /** Entries that no search for text finds yet. */
  notSearchable: number;
}

/** The rows from `first` to before `end` of what `wanted` asks for. The first page does not wait for the count. */
export function useHistoryPages(app: string, wanted: FindHistory, first: number, end: number): HistoryPages {
  const name = [...keys.flowRuns(app), 'history', wanted] as const;
  const extent = useQuery({
    queryKey: [...name, 'extent'],
    queryFn: () => commands.measureHistory(wanted),
    gcTime: KEPT_MS,
  });
  const marks = extent.data?.marks;
  const head = useQuery({
    queryKey: [...name, 'first'],
    queryFn: () => commands.findHistory(wanted),
    gcTime: KEPT_MS,
    placeholderData: keepPreviousData,
  });
  const others = pagesOf(first, end).filter((page) => page > 0);
  const pages = useQueries({
    queries: others.map((page) => {
      const before = marks?.[page - 1];
      return {
        queryKey: [...name, before],
        queryFn: () => commands.findHistory({ ...wanted, ...(before === undefined ? {} : { before }) }),
        gcTime: KEPT_MS,
        enabled: before !== undefined,
      };
    }),
  });

  const found = new Map<number, HistoryPage | undefined>([[0, head.data]]);
  others.forEach((page, index) => found.set(page, pages[index]?.data));
  const read = head.data?.entries.length ?? 0;
  const failed = [head, extent, ...pages].find((query: UseQueryResult) => query.error != null);
  return {
    // While other words are typed, the rows of before stay until the new ones are there.
    total: head.isPlaceholderData
      ? read
      : Math.max(extent.data?.total ?? 0, head.data?.more === false ? read : 0) || read,
    counted: extent.data !== undefined && !head.isPlaceholderData,
    row: (index) => found.get(Math.floor(index / PAGE))?.entries[index % PAGE],
    pending: head.isPending,
    error: failed?.error ?? null,
    notSearchable: head.data?.not_searchable ?? 0,
  };
}
