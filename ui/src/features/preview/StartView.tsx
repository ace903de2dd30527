import {
  ActionIcon,
  Button,
  Collapse,
  Group,
  Radio,
  Select,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  IconBolt,
  IconChevronRight,
  IconHistory,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useId, useState } from 'react';

import { commands } from '../../generated/api';
import type { Action, FlowRunSummary } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { StatusBadge } from '../../shared/components/StatusBadge';
import { exactTime, timeAgo } from '../../shared/format';
import { useNavigation } from '../../shared/navigation';
import { notifyFailed } from '../../shared/notify';
import { keys, useFlowRuns } from '../../shared/queries';
import { replaced, useRowIds, without } from '../../shared/rows';
import { contextProblem, type AssigneeRow, type ContextDraft } from './context';
import classes from './preview.module.css';
import { TypeBadge } from './words';
import { Foreign } from '../../shared/components/Foreign';

interface StartViewProps {
  appId: string;
  actions: readonly Action[];
  action: Action | undefined;
  context: ContextDraft;
  starting: boolean;
  onAction: (key: string) => void;
  onContext: (context: ContextDraft) => void;
  onStart: () => void;
  onOpen: (flowRun: string) => void;
}

/** Where a flow run starts: the action, what the Creator says, and the runs before. */
export function StartView(props: StartViewProps) {
  const { appId, actions, action, context, starting, onAction, onContext, onStart, onOpen } = props;
  const { goTo } = useNavigation();
  if (actions.length === 0) {
    return (
      <EmptyState
        compact
        icon={IconBolt}
        title="No actions yet"
        text="An app offers actions: add one, and try it here."
      >
        <Button mt={6} size="xs" onClick={() => goTo({ tab: 'actions' })}>
          Open the Action List
        </Button>
      </EmptyState>
    );
  }
  const isAction = action?.type === 'APP_ACTION_TYPE_ACTION';
  const problem = isAction ? contextProblem(context) : undefined;
  return (
    <div className={classes.page}>
      <Stack gap="md">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onStart();
          }}
        >
          <Stack gap="md">
            <Radio.Group
              label="Add to a workspace"
              description="What the Creator picks in the Moxo client"
              value={action?.key ?? ''}
              onChange={onAction}
            >
              <Stack gap={6} className={classes.choices ?? ''}>
                {actions.map((one) => (
                  <Radio.Card key={one.key} value={one.key} className={classes.choice}>
                    <Radio.Indicator size="xs" />
                    <Text size="sm" fw={500} truncate title={one.title} style={{ flex: 1, minWidth: 0 }}>
                      {one.title === '' ? one.key : one.title}
                    </Text>
                    <TypeBadge type={one.type} />
                  </Radio.Card>
                ))}
              </Stack>
            </Radio.Group>
            {isAction && <ContextEditor context={context} problem={problem} onChange={onContext} />}
            <div className={classes.start}>
              <Button
                type="submit"
                fullWidth
                loading={starting}
                disabled={action === undefined || problem !== undefined}
                leftSection={<IconPlayerPlay size={16} aria-hidden />}
              >
                Start
              </Button>
            </div>
          </Stack>
        </form>
        <RecentRuns appId={appId} onOpen={onOpen} />
      </Stack>
    </div>
  );
}

interface ContextEditorProps {
  context: ContextDraft;
  problem: string | undefined;
  onChange: (context: ContextDraft) => void;
}

/** The Creator's context (contract chapter 6): title, description, assignees. */
function ContextEditor({ context, problem, onChange }: ContextEditorProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { assignees } = context;
  const rows = useRowIds(assignees.length);
  const shown = open || problem !== undefined;
  const names = assignees.map((row) => (row.kind === 'user' ? row.name : `role ${row.id}`)).join(', ');
  const setRows = (next: AssigneeRow[]) => onChange({ ...context, assignees: next });
  return (
    <div className={classes.panel}>
      <UnstyledButton
        className={classes.panelHead}
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setOpen((now) => !now)}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} data-open={shown || undefined} />
        <Text size="sm" fw={500}>
          Creator’s context
        </Text>
        <Text size="sm" c="dimmed" truncate style={{ minWidth: 0 }} title={names}>
          {assignees.length === 0 ? 'no assignees' : names}
        </Text>
      </UnstyledButton>
      <Collapse expanded={shown} id={id}>
        <Stack gap={8} p={10} pt={2}>
          <TextInput
            label="Title"
            value={context.title}
            onChange={(event) => onChange({ ...context, title: event.currentTarget.value })}
          />
          <TextInput
            label="Description"
            value={context.description}
            onChange={(event) => onChange({ ...context, description: event.currentTarget.value })}
          />
          <Text size="sm" fw={500}>
            Assignees
          </Text>
          {assignees.map((row, index) => (
            <AssigneeFields
              key={rows.ids[index]}
              row={row}
              number={index + 1}
              onChange={(next) => setRows(replaced(assignees, index, next))}
              onRemove={() => {
                rows.onRemove(index);
                setRows(without(assignees, index));
              }}
            />
          ))}
          {problem !== undefined && (
            <Text size="sm" c="red" role="alert">
              {problem}
            </Text>
          )}
          <Group gap={6}>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setRows([...assignees, freshPerson(assignees)])}
            >
              Add person
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setRows([...assignees, freshRole(assignees)])}
            >
              Add role
            </Button>
          </Group>
        </Stack>
      </Collapse>
    </div>
  );
}

function freshPerson(assignees: readonly AssigneeRow[]): AssigneeRow {
  let number = assignees.length + 1;
  while (assignees.some((row) => row.id === `user-${number}`)) number += 1;
  return {
    kind: 'user',
    id: `user-${number}`,
    name: `Assignee ${number}`,
    email: `assignee${number}@example.test`,
  };
}

function freshRole(assignees: readonly AssigneeRow[]): AssigneeRow {
  let number = 1;
  while (assignees.some((row) => row.id === `role-${number}`)) number += 1;
  return { kind: 'role', id: `role-${number}`, name: '', email: '' };
}

interface AssigneeFieldsProps {
  row: AssigneeRow;
  number: number;
  onChange: (row: AssigneeRow) => void;
  onRemove: () => void;
}

function AssigneeFields({ row, number, onChange, onRemove }: AssigneeFieldsProps) {
  const of = `of assignee ${number}`;
  return (
    <div className={classes.assignee}>
      <Select
        size="xs"
        className={classes.assigneeKind ?? ''}
        aria-label={`Kind ${of}`}
        data={[
          { value: 'user', label: 'Person' },
          { value: 'role', label: 'Role' },
        ]}
        value={row.kind}
        onChange={(kind) => onChange({ ...row, kind: kind === 'role' ? 'role' : 'user' })}
      />
      <TextInput
        size="xs"
        className={classes.assigneeId ?? ''}
        aria-label={`Id ${of}`}
        placeholder="id"
        value={row.id}
        onChange={(event) => onChange({ ...row, id: event.currentTarget.value })}
      />
      {row.kind === 'user' && (
        <>
          <TextInput
            size="xs"
            className={classes.assigneeName ?? ''}
            aria-label={`Name ${of}`}
            placeholder="name"
            value={row.name}
            onChange={(event) => onChange({ ...row, name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            className={classes.assigneeEmail ?? ''}
            aria-label={`E-mail ${of}`}
            placeholder="e-mail"
            value={row.email}
            onChange={(event) => onChange({ ...row, email: event.currentTarget.value })}
          />
        </>
      )}
      <Tooltip label="Remove">
        <ActionIcon aria-label={`Remove assignee ${number}`} onClick={onRemove} ml="auto">
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** The flow runs of the app, the latest first. */
function RecentRuns({ appId, onOpen }: { appId: string; onOpen: (flowRun: string) => void }) {
  const { data, error } = useFlowRuns(appId);
  const [shown, setShown] = useState(20);
  return (
    <section aria-label="Recent flow runs">
      <Text size="sm" fw={600} mb={6}>
        Recent flow runs
      </Text>
      {error && <ErrorAlert title="The flow runs could not be read" error={error} />}
      {!error && !data && <Skeleton height={72} />}
      {data?.length === 0 && (
        <Group gap={6} c="dimmed">
          <IconHistory size={15} aria-hidden />
          <Text size="sm">None yet. They are kept here, also after a restart.</Text>
        </Group>
      )}
      {data && data.length > 0 && (
        <div role="list">
          {data.slice(0, shown).map((run) => (
            <RecentRun key={run.id} appId={appId} run={run} onOpen={onOpen} />
          ))}
        </div>
      )}
      {data && data.length > shown && (
        <Button size="compact-sm" variant="subtle" mt={4} onClick={() => setShown((count) => count + 50)}>
          Show older ones
        </Button>
      )}
    </section>
  );
}

function RecentRun({
  appId,
  run,
  onOpen,
}: {
  appId: string;
  run: FlowRunSummary;
  onOpen: (id: string) => void;
}) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => commands.deleteEntry({ entry: run.id }),
    onError: (cause) => notifyFailed('The flow run could not be deleted', cause),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.flowRuns(appId) }),
  });
  const title = run.action_title === '' ? run.action_key : run.action_title;
  const ask = () =>
    modals.openConfirmModal({
      title: 'Delete this flow run?',
      children: (
        <Text size="sm">
          {title}, begun {exactTime(run.created_at)}: its timeline and its calls are deleted too.
        </Text>
      ),
      labels: { confirm: 'Delete flow run', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });
  return (
    <div className={classes.recent} role="listitem">
      <UnstyledButton className={classes.recentOpen} onClick={() => onOpen(run.id)}>
        <Text size="sm" truncate title={title}>
          {title}
        </Text>
        <Text fz={12} c="dimmed" truncate title={exactTime(run.updated_at)}>
          {timeAgo(run.updated_at)}
          {run.display_id != null && (
            <>
              {' · '}
              <Foreign text={run.display_id} />
            </>
          )}
        </Text>
      </UnstyledButton>
      <StatusBadge status={run.status} />
      <Tooltip label="Delete">
        <ActionIcon aria-label={`Delete the flow run ${title}`} loading={remove.isPending} onClick={ask}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
