import { Button, Group, Modal, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';

import { commands } from '../../generated/api';
import type { Action, FlowRunSummary } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { exactTime } from '../../shared/format';
import { keys } from '../../shared/queries';
import { useCommand } from '../../shared/useCommand';
import { HistoryRow, titleOf } from './HistoryRow';
import classes from './history.module.css';

export interface HistoryDialogProps {
  appId: string;
  actions: readonly Action[];
  opened: boolean;
  onClose: () => void;
  /** Shows a run with its timeline. */
  onOpen: (flowRun: string) => void;
}

/** The past flow runs of an app, newest first: search, open, pin, delete. */
export function HistoryDialog({ opened, onClose, ...rest }: HistoryDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="History" size={860}>
      <History {...rest} />
    </Modal>
  );
}

const STATUSES = [
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'completed', label: 'Completed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'failed', label: 'Failed' },
];

function History({ appId, actions, onOpen }: Omit<HistoryDialogProps, 'opened' | 'onClose'>) {
  const [text, setText] = useState('');
  const [actionKey, setActionKey] = useState<string | null>(null);
  const [status, setStatus] = useState<string | null>(null);
  const [asked, setAsked] = useState<FlowRunSummary>();
  const [sought] = useDebouncedValue(text, 200);
  const list = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  const { command } = useCommand();

  const wanted = {
    app: appId,
    text: sought,
    ...(actionKey === null ? {} : { action_key: actionKey }),
    ...(status === null ? {} : { status }),
  };
  const pages = useInfiniteQuery({
    queryKey: [...keys.flowRuns(appId), 'history', wanted],
    queryFn: ({ pageParam }) =>
      commands.findFlowRuns({ ...wanted, ...(pageParam === '' ? {} : { before: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.more ? page.runs.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
  });
  const runs = pages.data?.pages.flatMap((page) => page.runs) ?? [];
  const filtered = sought.trim() !== '' || actionKey !== null || status !== null;
  const stale = () => void client.invalidateQueries({ queryKey: keys.flowRuns(appId) });

  const pin = async (run: FlowRunSummary) => {
    await command(
      run.pinned ? 'The flow run could not be unpinned' : 'The flow run could not be pinned',
      () => commands.pinFlowRun({ flow_run: run.id, pinned: !run.pinned }),
    );
    stale();
  };
  const remove = async (run: FlowRunSummary) => {
    setAsked(undefined);
    await command('The flow run could not be deleted', () => commands.deleteFlowRun({ flow_run: run.id }));
    stale();
  };
  const move = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.run === undefined) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-run]') ?? [])];
    const at = rows.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
  };

  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end">
        <TextInput
          label="Search"
          placeholder="Title, account or id"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          style={{ flex: 1, minWidth: 180 }}
          data-autofocus
        />
        <Select
          label="Action"
          placeholder="Any"
          clearable
          clearButtonProps={{ 'aria-label': 'Any action' }}
          data={actions.map(({ key, title }) => ({ value: key, label: title === '' ? key : title }))}
          value={actionKey}
          onChange={setActionKey}
          w={190}
        />
        <Select
          label="Status"
          placeholder="Any"
          clearable
          clearButtonProps={{ 'aria-label': 'Any status' }}
          data={STATUSES}
          value={status}
          onChange={setStatus}
          w={140}
        />
      </Group>
      {pages.error && <ErrorAlert title="The flow runs could not be read" error={pages.error} />}
      {pages.isPending && <Skeleton height={120} />}
      {pages.isSuccess && runs.length === 0 && (
        <EmptyState
          compact
          icon={IconHistory}
          title={filtered ? 'No flow run fits' : 'No flow runs yet'}
          text={
            filtered
              ? 'Search for something else, or take a filter away.'
              : 'Every run of the preview is kept here, also after a restart.'
          }
        />
      )}
      {runs.length > 0 && (
        <div ref={list} role="list" aria-label="Flow runs" className={classes.list} onKeyDown={move}>
          {runs.map((run) => (
            <HistoryRow
              key={run.id}
              run={run}
              onOpen={() => onOpen(run.id)}
              onPin={() => void pin(run)}
              onDelete={() => setAsked(run)}
            />
          ))}
        </div>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
      {asked && (
        <Modal opened onClose={() => setAsked(undefined)} title="Delete this flow run?" size="sm">
          <Text size="sm">
            {titleOf(asked)}, begun {exactTime(asked.created_at)}: its timeline and its calls are deleted too.
          </Text>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setAsked(undefined)} data-autofocus>
              Cancel
            </Button>
            <Button color="red" onClick={() => void remove(asked)}>
              Delete flow run
            </Button>
          </Group>
        </Modal>
      )}
    </Stack>
  );
}
