import { Button, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import { useCallback, useState } from 'react';

import { commands } from '../../generated/api';
import type { Action, HistoryRow } from '../../generated/api';
import { CallDetailsOf } from '../../shared/calls/CallDetails';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { exactTime } from '../../shared/format';
import { keys } from '../../shared/queries';
import { useCommand } from '../../shared/useCommand';
import { ANYTHING, isNarrowed, ownTitleOf, requestOf, titleOf, type Sought } from './entries';
import { HistoryFilters } from './HistoryFilters';
import { HistoryList } from './HistoryList';
import { useHistoryPages } from './useHistoryPages';
import { rowsInSight } from './window';

export interface HistoryDialogProps {
  appId: string;
  actions: readonly Action[];
  opened: boolean;
  onClose: () => void;
  /** Shows a run with its timeline. */
  onOpen: (flowRun: string) => void;
}

/** The past of an app, newest first: flow runs, and calls that were made by themselves. Search, open, name, pin, delete. */
export function HistoryDialog({ opened, onClose, ...rest }: HistoryDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="History" size={920}>
      <History {...rest} />
    </Modal>
  );
}

/** What is asked about an entry. */
interface Asked {
  about: 'delete' | 'rename' | 'call';
  row: HistoryRow;
}

/** Before the list has been measured. */
const FIRST_HEIGHT = 480;

function History({ appId, actions, onOpen }: Omit<HistoryDialogProps, 'opened' | 'onClose'>) {
  const [fields, setFields] = useState<Sought>(ANYTHING);
  const [text] = useDebouncedValue(fields.text, 200);
  const [asked, setAsked] = useState<Asked>();
  const [sight, setSight] = useState({ scrollTop: 0, height: FIRST_HEIGHT });
  const client = useQueryClient();
  const { command } = useCommand();

  const sought = { ...fields, text };
  // As much as may be in sight: rows beyond the end are left out below.
  const [wantedFirst, wantedEnd] = rowsInSight(sight.scrollTop, sight.height, Number.MAX_SAFE_INTEGER);
  const pages = useHistoryPages(appId, requestOf(appId, sought), wantedFirst, wantedEnd);
  const [first, end] = rowsInSight(sight.scrollTop, sight.height, pages.total);
  const narrowed = isNarrowed(sought);
  const stale = () => void client.invalidateQueries({ queryKey: keys.flowRuns(appId) });
  const onScroll = useCallback((scrollTop: number, height: number) => {
    const next = { scrollTop, height: height > 0 ? height : FIRST_HEIGHT };
    setSight((now) => (now.scrollTop === next.scrollTop && now.height === next.height ? now : next));
  }, []);

  const pin = async (row: HistoryRow) => {
    await command(row.pinned ? 'The entry could not be unpinned' : 'The entry could not be pinned', () =>
      commands.pinEntry({ entry: row.id, pinned: !row.pinned }),
    );
    stale();
  };
  const rename = async (row: HistoryRow, name: string) => {
    const done = await command('The entry could not be renamed', () =>
      commands.renameEntry({ entry: row.id, name }),
    );
    if (done) setAsked(undefined);
    stale();
  };
  const remove = async (row: HistoryRow) => {
    setAsked(undefined);
    await command('The entry could not be deleted', () => commands.deleteEntry({ entry: row.id }));
    stale();
  };

  return (
    <Stack gap="sm">
      <HistoryFilters
        actions={actions}
        sought={fields}
        onChange={(change) => setFields((now) => ({ ...now, ...change }))}
      />
      {pages.error != null && <ErrorAlert title="The history could not be read" error={pages.error} />}
      {pages.pending && <Skeleton height={120} />}
      {pages.notSearchable > 0 && text.trim() !== '' && (
        <Text fz={12} c="dimmed" role="status">
          {pages.notSearchable.toLocaleString('en')} entries of an older version are still being made
          searchable.
        </Text>
      )}
      {!pages.pending && pages.error == null && pages.total === 0 && (
        <EmptyState
          compact
          icon={IconHistory}
          title={narrowed ? 'Nothing fits' : 'Nothing has happened yet'}
          text={
            narrowed
              ? 'Search for something else, or take a filter away.'
              : 'Every run of the preview and every test-run is kept here, also after a restart.'
          }
        />
      )}
      {pages.total > 0 && (
        <>
          <HistoryList
            // Other rows begin at the top.
            key={JSON.stringify(sought)}
            pages={pages}
            first={first}
            end={end}
            onScroll={onScroll}
            onOpen={(row) => (row.kind === 'call' ? setAsked({ about: 'call', row }) : onOpen(row.id))}
            onRename={(row) => setAsked({ about: 'rename', row })}
            onPin={(row) => void pin(row)}
            onDelete={(row) => setAsked({ about: 'delete', row })}
          />
          <Text fz={12} c="dimmed" aria-live="polite">
            {pages.counted ? countOf(pages.total) : 'Counting…'}
          </Text>
        </>
      )}
      {asked && (
        <About
          {...asked}
          onClose={() => setAsked(undefined)}
          onRename={(name) => void rename(asked.row, name)}
          onDelete={() => void remove(asked.row)}
        />
      )}
    </Stack>
  );
}

function countOf(total: number): string {
  return total === 1 ? '1 entry' : `${total.toLocaleString('en')} entries`;
}

interface AboutProps extends Asked {
  onClose: () => void;
  onRename: (name: string) => void;
  onDelete: () => void;
}

/** A dialog about one entry. */
function About({ about, row, onClose, onRename, onDelete }: AboutProps) {
  if (about === 'call') {
    return (
      <Modal opened onClose={onClose} title={`${titleOf(row)}, ${exactTime(row.begun_at)}`} size={820}>
        <CallDetailsOf call={row.id} />
      </Modal>
    );
  }
  if (about === 'rename') return <Rename row={row} onClose={onClose} onRename={onRename} />;
  const what = row.kind === 'call' ? 'call' : 'flow run';
  return (
    <Modal opened onClose={onClose} title={`Delete this ${what}?`} size="sm">
      <Text size="sm">
        {titleOf(row)}, begun {exactTime(row.begun_at)}
        {row.kind === 'call'
          ? ': what it got and what it left behind go'
          : ': its timeline and its calls are deleted too'}
        .
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" onClick={onDelete}>
          Delete {what}
        </Button>
      </Group>
    </Modal>
  );
}

function Rename({ row, onClose, onRename }: Pick<AboutProps, 'row' | 'onClose' | 'onRename'>) {
  const [name, setName] = useState(row.name);
  return (
    <Modal opened onClose={onClose} title="Rename this entry" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRename(name.trim());
        }}
      >
        <TextInput
          label="Name"
          description="Empty: it is called by what it is."
          placeholder={ownTitleOf(row)}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Rename</Button>
        </Group>
      </form>
    </Modal>
  );
}
