import { ActionIcon, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPencil, IconPin, IconPinnedFilled, IconTrash } from '@tabler/icons-react';

import type { HistoryRow } from '../../generated/api';
import { StatusBadge } from '../../shared/components/StatusBadge';
import { duration, exactTime, timeAgo } from '../../shared/format';
import { ownTitleOf, titleOf } from './entries';
import classes from './history.module.css';

export interface EntryActions {
  onOpen: (row: HistoryRow) => void;
  onRename: (row: HistoryRow) => void;
  onPin: (row: HistoryRow) => void;
  onDelete: (row: HistoryRow) => void;
}

/** One entry: what it is called, what it is or why it failed, when, how long, how it stands. */
export function EntryRow({ row, onOpen, onRename, onPin, onDelete }: EntryActions & { row: HistoryRow }) {
  const title = titleOf(row);
  const when = exactTime(row.begun_at);
  const took = duration(Math.max(0, (row.ended_at ?? row.updated_at) - row.begun_at));
  const named = row.name === '' ? undefined : ownTitleOf(row);
  const account = row.display_id ?? row.unique_id;
  const about = [named, row.kind === 'call' ? undefined : row.action_key, account]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
  const failed = row.status === 'failed' && row.error !== '';
  const pin = row.pinned ? 'Unpin' : 'Pin: keep it however old it gets';
  return (
    <>
      <UnstyledButton
        className={classes.open}
        data-entry={row.seq}
        aria-label={`Open ${title}, ${row.status}, begun ${when}, took ${took}`}
        onClick={() => onOpen(row)}
      >
        <span className={classes.name}>
          <Text size="sm" fw={500} truncate title={title}>
            {title}
          </Text>
          <Text fz={12} c={failed ? 'red' : 'dimmed'} truncate title={failed ? row.error : about}>
            {failed ? row.error : about}
          </Text>
        </span>
        <Text fz={12} c="dimmed" className={classes.when} title={when}>
          {timeAgo(row.begun_at)}
        </Text>
        <Text fz={12} c="dimmed" className={classes.took}>
          {took}
        </Text>
        <span className={classes.status}>
          <StatusBadge status={row.status} />
        </span>
      </UnstyledButton>
      <Tooltip label="Rename…">
        <ActionIcon aria-label={`Rename ${title}, begun ${when}`} onClick={() => onRename(row)}>
          <IconPencil size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={pin}>
        <ActionIcon
          aria-label={`Pin ${title}, begun ${when}`}
          aria-pressed={row.pinned}
          onClick={() => onPin(row)}
        >
          {row.pinned ? <IconPinnedFilled size={15} aria-hidden /> : <IconPin size={15} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete…">
        <ActionIcon aria-label={`Delete ${title}, begun ${when}`} onClick={() => onDelete(row)}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
