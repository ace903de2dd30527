import { ActionIcon, Button, Menu, Modal, Skeleton, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import {
  IconArrowLeft,
  IconDots,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
  IconUserCheck,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

import { commands } from '../../generated/api';
import type { FlowRunView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { keys, useFlowRun } from '../../shared/queries';
import { ClientView } from './ClientView';
import classes from './preview.module.css';
import { Split } from './Split';
import { Timeline } from './timeline/Timeline';
import { useRunCommand } from './useRunCommand';
import { StatusBadge, TypeBadge } from './words';

interface RunViewProps {
  flowRun: string;
  inbox: ReactNode;
  /** Back to the start of the preview. */
  onClose: () => void;
  onStartAgain: (run: FlowRunView) => void;
}

/** One flow run: what people see, and every message behind it. */
export function RunView({ flowRun, inbox, onClose, onStartAgain }: RunViewProps) {
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
      <RunHead run={run} onClose={onClose} onStartAgain={() => onStartAgain(run)} />
      <Split
        main={<ClientView run={run} onStartAgain={() => onStartAgain(run)} />}
        timeline={<Timeline key={run.id} flowRun={run.id} messages={run.messages} />}
        inbox={inbox}
      />
    </div>
  );
}

interface RunHeadProps {
  run: FlowRunView;
  onClose: () => void;
  onStartAgain: () => void;
}

function RunHead({ run, onClose, onStartAgain }: RunHeadProps) {
  const { move, command } = useRunCommand();
  const client = useQueryClient();
  const [filling, setFilling] = useState(false);
  const over = run.view.status === 'completed' || run.view.status === 'cancelled';
  const title = run.action_title === '' ? run.action_key : run.action_title;

  const cancel = () =>
    void move('The flow run could not be cancelled', () => commands.cancelFlow({ flow_run: run.id }));
  const remove = async () => {
    const done = await command('The flow run could not be deleted', () =>
      commands.deleteFlowRun({ flow_run: run.id }),
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
      <Tooltip label="All flow runs">
        <ActionIcon aria-label="All flow runs" onClick={onClose}>
          <IconArrowLeft size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} truncate title={title}>
          {title}
        </Text>
        {run.credential != null && (
          <Text fz={12} c="dimmed" truncate title={run.credential.display_id}>
            {run.credential.display_id}
          </Text>
        )}
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

/** A role of the flow template becomes a person, as when the flow starts. */
function FillRole({ run, onDone }: { run: FlowRunView; onDone: () => void }) {
  const { move, pending } = useRunCommand();
  const [role, setRole] = useState(run.view.card?.steps.find((step) => step.status == null)?.assignee ?? '');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const missing = role.trim() === '' || name.trim() === '';
  const submit = async () => {
    const id = `user-${name.trim().toLowerCase().replace(/\W+/g, '-')}`;
    const user = { id, name: name.trim(), ...(email.trim() === '' ? {} : { email: email.trim() }) };
    const done = await move('The role could not be filled', () =>
      commands.assignRole({ flow_run: run.id, role: role.trim(), user }),
    );
    if (done) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void submit();
      }}
    >
      <Stack>
        <TextInput
          label="Role"
          description="Its id in the flow template"
          required
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label="E-mail" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <Button type="submit" disabled={missing} loading={pending} style={{ alignSelf: 'flex-end' }}>
          Fill the role
        </Button>
      </Stack>
    </form>
  );
}
