import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconFileExport, IconTimeline, IconWorldWww } from '@tabler/icons-react';
import { useState } from 'react';

import type { FlowRunView, FunctionKind } from '../../../generated/api';
import { EmptyState } from '../../../shared/components/EmptyState';
import { Diagram } from '../diagram/Diagram';
import { ExportDialog } from '../diagram/ExportDialog';
import { Timeline } from './Timeline';
import classes from './timeline.module.css';

const LOOKS = [
  { value: 'diagram', label: 'Diagram' },
  { value: 'list', label: 'List' },
] as const;

type Look = (typeof LOOKS)[number]['value'];

/** Every message of a run, as a sequence diagram or as a list; the choice is kept for the next start. */
export function TimelineView({ run }: { run: FlowRunView }) {
  const [look, setLook] = useLocalStorage<Look>({
    key: 'stepsmith.timeline',
    defaultValue: 'diagram',
    getInitialValueInEffect: false,
  });
  const [requests, setRequests] = useState(false);
  const [exporting, setExporting] = useState(false);
  const { messages } = run;
  if (messages.length === 0) {
    return (
      <EmptyState
        compact
        icon={IconTimeline}
        title="No messages yet"
        text="Each message between the actors appears here."
      />
    );
  }
  const requestsLabel = requests ? 'Fold all HTTP requests' : 'Unfold all HTTP requests';
  return (
    <div className={classes.root}>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Timeline as"
          data={[...LOOKS]}
          value={look}
          onChange={(value) => setLook(value)}
        />
        <span className={classes.count}>
          {messages.length === 1 ? '1 message' : `${messages.length} messages`}
        </span>
        {look === 'diagram' && (
          <Tooltip label={requestsLabel}>
            <ActionIcon
              variant={requests ? 'light' : 'subtle'}
              aria-label="HTTP requests"
              aria-pressed={requests}
              onClick={() => setRequests((shown) => !shown)}
            >
              <IconWorldWww size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Export diagram">
          <ActionIcon aria-label="Export diagram" onClick={() => setExporting(true)}>
            <IconFileExport size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {look === 'diagram' ? (
        <Diagram messages={messages} requests={requests} running={runningFunction(run)} />
      ) : (
        <Timeline flowRun={run.id} messages={messages} />
      )}
      <ExportDialog run={run} opened={exporting} onClose={() => setExporting(false)} />
    </div>
  );
}

/** The function that is being called now. */
function runningFunction({ busy, view }: FlowRunView): FunctionKind | undefined {
  const waits = [view.waiting_for, ...(view.card?.steps ?? []).map((step) => step.waiting_for)];
  const call = waits.find((one) => one?.type === 'call');
  return busy && call?.type === 'call' ? call.function : undefined;
}
