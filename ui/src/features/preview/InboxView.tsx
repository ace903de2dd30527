import { Badge, Button, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconInbox } from '@tabler/icons-react';
import { useState } from 'react';

import type { InboxEntry } from '../../generated/api';
import { CallDetailsOf } from '../../shared/calls/CallDetails';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { JsonView } from '../../shared/components/JsonView';
import { bytes, exactTime, timeAgo } from '../../shared/format';
import { useInbox } from '../../shared/queries';
import classes from './preview.module.css';

interface InboxViewProps {
  appId: string;
  onOpen: (flowRun: string) => void;
}

/** Every callback of the app as it was received, and what became of it. */
export function InboxView({ appId, onOpen }: InboxViewProps) {
  const { data, error } = useInbox(appId);
  if (error) return <ErrorAlert title="The inbox could not be read" error={error} />;
  if (!data) return <Skeleton m="md" height={80} />;
  if (data.length === 0) {
    return (
      <EmptyState
        compact
        icon={IconInbox}
        title="No callbacks yet"
        text="Every request on a redirect or webhook URL of this app is kept here, before its function runs."
      />
    );
  }
  return (
    <div className={classes.inbox} role="list" aria-label="Inbox">
      {data.map((entry) => (
        <Entry key={entry.id} entry={entry} onOpen={onOpen} />
      ))}
    </div>
  );
}

const COLORS: Record<string, string> = {
  received: 'gray',
  running: 'iris',
  decided: 'teal',
  ignored: 'orange',
  failed: 'red',
};

function Entry({ entry, onOpen }: { entry: InboxEntry; onOpen: (flowRun: string) => void }) {
  const [open, setOpen] = useState(false);
  const { flow_run: flowRun } = entry;
  return (
    <div role="listitem" className={classes.inboxEntry}>
      <UnstyledButton
        className={classes.inboxHead}
        aria-expanded={open}
        onClick={() => setOpen((shown) => !shown)}
      >
        <IconChevronRight size={13} aria-hidden className={classes.chevron} data-open={open || undefined} />
        <span style={{ flex: 1, minWidth: 0 }}>
          <Group gap={6} wrap="nowrap">
            <Text span fz={12} fw={600} ff="monospace">
              {entry.method}
            </Text>
            <Text span fz={12} ff="monospace" truncate title={entry.path} style={{ minWidth: 0 }}>
              {entry.path}
            </Text>
          </Group>
          <Text fz={12} c="dimmed" truncate title={entry.note ?? exactTime(entry.received_at)}>
            {timeAgo(entry.received_at)} · {bytes(entry.body_bytes)}
            {entry.note != null && ` · ${entry.note}`}
          </Text>
        </span>
        <Badge color={COLORS[entry.state] ?? 'gray'} style={{ flexShrink: 0 }}>
          {entry.state}
        </Badge>
      </UnstyledButton>
      {open && (
        <Stack gap={8} className={classes.inboxBody}>
          <Text fz={12} c="dimmed">
            {entry.source === 'redirect' ? 'Redirect' : 'Webhook'}, received {exactTime(entry.received_at)}
            {entry.content_type != null && `, ${entry.content_type}`}
          </Text>
          {entry.note != null && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {entry.note}
            </Text>
          )}
          {entry.body_text != null ? (
            <JsonView value={bodyOf(entry.body_text)} label="body" maxHeight={220} />
          ) : (
            entry.body_bytes > 0 && (
              <Text fz={12} c="dimmed">
                The body is no text, or too long to be shown.
              </Text>
            )
          )}
          {flowRun != null && (
            <Button
              size="compact-sm"
              variant="default"
              style={{ alignSelf: 'flex-start' }}
              onClick={() => onOpen(flowRun)}
            >
              Show its flow run
            </Button>
          )}
          {entry.call != null && <CallDetailsOf call={entry.call} />}
        </Stack>
      )}
    </div>
  );
}

function bodyOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}
