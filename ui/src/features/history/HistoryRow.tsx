import { ActionIcon, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPin, IconPinnedFilled, IconTrash } from '@tabler/icons-react';

import type { FlowRunSummary } from '../../generated/api';
import { duration, exactTime, timeAgo } from '../../shared/format';
import { StatusBadge } from '../../shared/components/StatusBadge';
import classes from './history.module.css';

interface HistoryRowProps {
  run: FlowRunSummary;
  onOpen: () => void;
  onPin: () => void;
  onDelete: () => void;
}

/** What a run is called. */
export function titleOf(run: FlowRunSummary): string {
  return run.action_title === '' ? run.action_key : run.action_title;
}

/** One flow run: title, action, account, when, how long, how it stands. */
export function HistoryRow({ run, onOpen, onPin, onDelete }: HistoryRowProps) {
  const title = titleOf(run);
  const when = exactTime(run.created_at);
  const took = duration(Math.max(0, (run.ended_at ?? run.updated_at) - run.created_at));
  const about = [run.action_key, run.display_id].filter((part) => part != null).join(' · ');
  const pin = run.pinned ? 'Unpin' : 'Pin: keep it however old it gets';
  return (
    <div role="listitem" className={classes.row}>
      <UnstyledButton
        className={classes.open}
        data-run={run.id}
        aria-label={`Open ${title}, ${run.status}, begun ${when}, took ${took}`}
        onClick={onOpen}
      >
        <span className={classes.name}>
          <Text size="sm" fw={500} truncate title={title}>
            {title}
          </Text>
          <Text fz={12} c="dimmed" truncate title={about}>
            {about}
          </Text>
        </span>
        <Text fz={12} c="dimmed" className={classes.when} title={when}>
          {timeAgo(run.created_at)}
        </Text>
        <Text fz={12} c="dimmed" className={classes.took}>
          {took}
        </Text>
        <span className={classes.status}>
          <StatusBadge status={run.status} />
        </span>
      </UnstyledButton>
      <Tooltip label={pin}>
        <ActionIcon aria-label={`Pin ${title}, begun ${when}`} aria-pressed={run.pinned} onClick={onPin}>
          {run.pinned ? <IconPinnedFilled size={15} aria-hidden /> : <IconPin size={15} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Delete…">
        <ActionIcon aria-label={`Delete ${title}, begun ${when}`} onClick={onDelete}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
