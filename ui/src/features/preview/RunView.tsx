import { ActionIcon, Button, Loader, Menu, Modal, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import {
  IconArrowLeft,
  IconDots,
  IconPlayerPlay,
  IconPlayerStop,
  IconRepeat,
  IconTrash,
  IconUserCheck,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

import { commands } from '../../generated/api';
import type { FlowRunView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { StatusBadge } from '../../shared/components/StatusBadge';
import { timeAgo } from '../../shared/format';
import { keys, useFlowRun } from '../../shared/queries';
import { ClientView } from './ClientView';
import { FillRole } from './FillRole';
import classes from './preview.module.css';
import { Split } from './Split';
import { TimelineView } from './timeline/TimelineView';
import { useRunCommand } from './useRunCommand';
import { TypeBadge, waitingWords } from './words';
import { isolated } from '../../shared/foreign';

interface RunViewProps {
  flowRun: string;
  inbox: ReactNode;
  /** Back to the start of the preview. */
  onClose: () => void;
  onStartAgain: (run: FlowRunView) => void;
  /** Shows another run. */
  onOpen: (flowRun: string) => void;
}

/** One flow run: what people see, and every message behind it. */
export function RunView({ flowRun, inbox, onClose, onStartAgain, onOpen }: RunViewProps) {
  const { data: run, error, refetch } = useFlowRun(flowRun);
  if (error && !run) {
    return (
      <Stack p="md">
        <ErrorAlert title="The flow run could not be read" error={error}>
          <Button.Group>
            <Button size="xs" variant="light" color="red" onClick={() => void refetch()}>
              Try again
            </Button>
            <Button size="xs" variant="default" onClick={onClose}>
              Back to the flow runs
            </Button>
          </Button.Group>
        </ErrorAlert>
      </Stack>
    );
  }
  if (!run) {
    return (
      <Stack p="md" aria-label="Reading the flow run">
        <Skeleton height={20} width="60%" />
        <Skeleton height={120} />
      </Stack>
    );
  }
  return (
    <div className={classes.run}>
      <RunHead run={run} onClose={onClose} onStartAgain={() => onStartAgain(run)} onOpen={onOpen} />
      <Split
        main={<ClientView run={run} onStartAgain={() => onStartAgain(run)} />}
        timeline={<TimelineView key={run.id} run={run} />}
        inbox={inbox}
      />
    </div>
  );
}

interface RunHeadProps {
  run: FlowRunView;
  onClose: () => void;
  onStartAgain: () => void;
  onOpen: (flowRun: string) => void;
}

function RunHead({ run, onClose, onStartAgain, onOpen }: RunHeadProps) {
  const { move, command } = useRunCommand();
  const client = useQueryClient();
  const [filling, setFilling] = useState(false);
  const over = run.view.status === 'completed' || run.view.status === 'cancelled';
  const title = run.action_title === '' ? run.action_key : run.action_title;
  const { waiting_for: waits } = run.view;
  const works = waits?.type === 'call' || waits?.type === 'token_refresh';
  const words = [
    waits ? waitingWords(waits) : `Begun ${timeAgo(run.created_at)}`,
    run.credential && isolated(run.credential.display_id),
  ]
    .filter((part) => part != null)
    .join(' · ');

  const cancel = () =>
    void move('The flow run could not be cancelled', () => commands.cancelFlow({ flow_run: run.id }));
  const runAgain = async () => {
    const again = await move('The flow run could not be run again', () =>
      commands.runAgain({ flow_run: run.id }),
    );
    if (again) onOpen(again.id);
  };
  const remove = async () => {
    const done = await command('The flow run could not be deleted', () =>
      commands.deleteEntry({ entry: run.id }),
    );
    if (!done) return;
    void client.invalidateQueries({ queryKey: keys.flowRuns(run.app) });
    onClose();
  };
  const ask = () =>
    modals.openConfirmModal({
      title: 'Delete this flow run?',
      children: <Text size="sm">Its timeline and its calls are deleted too.</Text>,
      labels: { confirm: 'Delete flow run', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => void remove(),
    });

  return (
    <div className={classes.runHead}>
      <Tooltip label="All flow runs" position="bottom">
        <ActionIcon aria-label="All flow runs" onClick={onClose}>
          <IconArrowLeft size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} truncate title={title}>
          {title}
        </Text>
        <div className={classes.working} role="status">
          {works && <Loader size={11} aria-hidden />}
          <span title={words}>{words}</span>
        </div>
      </div>
      <span className={classes.wide}>
        <TypeBadge type={run.action_type} />
      </span>
      <StatusBadge status={run.view.status} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="Commands for this flow run">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={onStartAgain}>
            Start again
          </Menu.Item>
          <Menu.Item leftSection={<IconRepeat size={15} aria-hidden />} onClick={() => void runAgain()}>
            Run again with the same inputs
          </Menu.Item>
          {run.view.card != null && !over && run.action_type === 'APP_ACTION_TYPE_ACTION' && (
            <Menu.Item leftSection={<IconUserCheck size={15} aria-hidden />} onClick={() => setFilling(true)}>
              Fill a role…
            </Menu.Item>
          )}
          {!over && (
            <Menu.Item leftSection={<IconPlayerStop size={15} aria-hidden />} onClick={cancel}>
              Cancel flow run
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={15} aria-hidden />} onClick={ask}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={filling} onClose={() => setFilling(false)} title="Fill a role">
        <FillRole run={run} onDone={() => setFilling(false)} />
      </Modal>
    </div>
  );
}
