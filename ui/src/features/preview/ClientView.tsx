import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';

import { commands } from '../../generated/api';
import type { FlowRunView, Problem } from '../../generated/api';
import { AccountStage } from './AccountStage';
import { Chat } from './Chat';
import { FormCard } from './form/FormCard';
import type { Values } from './form/values';
import classes from './preview.module.css';
import { ProblemCard } from './ProblemCard';
import { ReconnectNotice } from './ReconnectNotice';
import { StepCard } from './StepCard';
import { useRunCommand } from './useRunCommand';
import { StartedFlows, Variables } from './Variables';
import { waitingWords } from './words';

interface ClientViewProps {
  run: FlowRunView;
  onStartAgain: () => void;
}

/** A flow run as people see it in the Moxo client, with what only the author sees around it. */
export function ClientView({ run, onStartAgain }: ClientViewProps) {
  const { view } = run;
  const { move, pending } = useRunCommand();
  const retry = () =>
    void move('The function could not be called again', () => commands.retryCall({ flow_run: run.id }));
  const own = ownProblem(run);
  const { waiting_for: waits } = view;
  const working = waits?.type === 'call' || waits?.type === 'token_refresh';
  const isStuckInBuild = waits?.type === 'retry' && view.card == null;
  return (
    <div className={classes.page}>
      <Stack gap="md">
        {(view.status === 'completed' || view.status === 'cancelled') && (
          <Ended status={view.status} onStartAgain={onStartAgain} />
        )}
        {run.error != null && (
          <Alert
            color="red"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={run.error.title}
            role="alert"
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {run.error.description}
            </Text>
            {view.can_retry && (
              <Button size="compact-sm" color="red" mt={8} loading={pending} onClick={retry}>
                Retry
              </Button>
            )}
          </Alert>
        )}
        <ReconnectNotice key={run.id} run={run} />
        {own && (
          <ProblemCard
            problem={own}
            person={view.card == null ? 'Creator' : 'assignee'}
            busy={pending}
            onRetry={view.can_retry && view.card == null ? retry : undefined}
          />
        )}
        {isStuckInBuild && !own && run.error == null && (
          <Group>
            <Text size="sm">{waitingWords(waits)}</Text>
            <Button size="compact-sm" loading={pending} onClick={retry}>
              Retry
            </Button>
          </Group>
        )}
        {waits?.type === 'credential' && <AccountStage run={run} />}
        {view.form != null && waits?.type !== 'credential' && <BuildForm run={run} form={view.form} />}
        {view.card != null && <StepCard run={run} card={view.card} />}
        {view.form == null && view.card == null && working && (
          <Text size="sm" c="dimmed">
            The first form appears here.
          </Text>
        )}
        <Chat items={view.chat} />
        <Variables variables={view.variables} />
        <StartedFlows flows={view.started_flows} />
        {view.notices.length > 0 && (
          <Alert color="orange" title="Worth knowing">
            {view.notices.map((notice, index) => (
              <Text key={index} size="sm" style={{ overflowWrap: 'anywhere' }}>
                {notice}
              </Text>
            ))}
          </Alert>
        )}
      </Stack>
    </div>
  );
}

/** The run's problem, unless a step shows it. */
function ownProblem({ view }: FlowRunView): Problem | undefined {
  const { problem, card } = view;
  if (problem == null) return undefined;
  const isSteps = card?.steps.some(
    (step) => step.problem != null && step.problem.at === problem.at && step.problem.title === problem.title,
  );
  return isSteps ? undefined : problem;
}

function BuildForm({ run, form }: { run: FlowRunView; form: NonNullable<FlowRunView['view']['form']> }) {
  const { command, move, show } = useRunCommand();
  const id = `${run.id}/build/${form.index}`;
  const submit = async (values: Values) => {
    const answer = await command('The form could not be sent', () =>
      commands.submitForm({ flow_run: run.id, values }),
    );
    if (answer) show(answer.run);
    return answer?.problems;
  };
  const back = () =>
    void move('The earlier form could not be opened', () =>
      commands.backToForm({ flow_run: run.id, form: form.index - 1 }),
    );
  return (
    <section className={classes.card} aria-label={`Form ${form.index + 1}`}>
      <Text fz={12} c="dimmed" mb={8}>
        {run.action_title} · form {form.index + 1}
      </Text>
      <FormCard
        key={id}
        id={id}
        form={form}
        caller="Build"
        onSubmit={submit}
        onBack={form.index > 0 ? back : undefined}
      />
    </section>
  );
}

function Ended({ status, onStartAgain }: { status: 'completed' | 'cancelled'; onStartAgain: () => void }) {
  const completed = status === 'completed';
  const Icon = completed ? IconCircleCheck : IconCircleMinus;
  return (
    <div className={classes.ended} data-status={status} role="status">
      <Icon size={20} aria-hidden style={{ flexShrink: 0 }} />
      <Text fw={600} style={{ flex: 1 }}>
        {completed ? 'Completed' : 'Cancelled'}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onStartAgain}>
        Start again
      </Button>
    </div>
  );
}
