import { Avatar, Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconClock, IconLock, IconUsersGroup } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

import { commands } from '../../generated/api';
import type { FlowRunView, StepCard as Card, StepView, WaitingFor } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { StatusBadge } from '../../shared/components/StatusBadge';
import { duration, exactTime } from '../../shared/format';
import { FormCard } from './form/FormCard';
import type { Values } from './form/values';
import { PageFrame } from './PageFrame';
import classes from './preview.module.css';
import { ProblemCard } from './ProblemCard';
import { useRunCommand } from './useRunCommand';
import { waitingWords } from './words';

interface StepCardProps {
  run: FlowRunView;
  card: Card;
}

/** The created step as the Moxo client shows it, with the eyes of one person at a time. */
export function StepCard({ run, card }: StepCardProps) {
  const people = [...new Map(card.steps.map((step) => [personOf(step), whoIs(step)]))].map(
    ([value, label]) => ({ value, label }),
  );
  const [chosen, setChosen] = useState<string>();
  // Until someone is chosen, and when that role was filled meanwhile: whoever's turn it is.
  const known = people.some((person) => person.value === chosen) ? chosen : undefined;
  const turn = card.steps.find((step) => step.status == null && !step.blocked);
  const viewer = known ?? (turn ? personOf(turn) : people[0]?.value);
  return (
    <section className={classes.card} aria-label="Step">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Text fw={600} size="lg" style={{ overflowWrap: 'anywhere' }}>
          {card.title === '' ? 'Without a title' : card.title}
        </Text>
        {card.status != null && <StatusBadge status={card.status} />}
      </Group>
      {card.description != null && card.description !== '' && (
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {card.description}
        </Text>
      )}
      {people.length > 1 && (
        <Select
          size="xs"
          label="View as"
          data={people}
          value={viewer ?? null}
          maw={240}
          mt={8}
          onChange={(person) => setChosen(person ?? undefined)}
        />
      )}
      <Stack gap={0} mt={8} role="list" aria-label="Assignees">
        {card.steps.map((step, index) => (
          <StepRow
            key={index}
            run={run}
            step={step}
            index={index}
            seen={step.assignee == null || personOf(step) === viewer}
            onView={() => setChosen(personOf(step))}
          />
        ))}
      </Stack>
    </section>
  );
}

/** Tells one assignee from another: two people may have one name, and a role the name of a person. */
function personOf(step: StepView): string {
  return `${step.is_role ? 'role' : 'user'} ${step.assignee_id ?? ''}`;
}

function whoIs(step: StepView): string {
  return step.is_role ? `Role ${step.assignee ?? ''}` : (step.assignee ?? 'Step');
}

interface StepRowProps {
  run: FlowRunView;
  step: StepView;
  index: number;
  /** The person whose view it is sees this step's buttons. */
  seen: boolean;
  onView: () => void;
}

function StepRow({ run, step, index, seen, onView }: StepRowProps) {
  const { command, move, show, pending } = useRunCommand();
  const submit = async (values: Values) => {
    const answer = await command('The form could not be sent', () =>
      commands.submitStepForm({ flow_run: run.id, step: index, values }),
    );
    if (answer) show(answer.run);
    return answer?.problems;
  };
  const click = (button: number) =>
    void move('The button could not be clicked', () =>
      commands.clickButton({ flow_run: run.id, step: index, button }),
    );
  const retry = () =>
    void move('The function could not be called again', () =>
      commands.retryCall({ flow_run: run.id, step: index }),
    );
  const waits = step.waiting_for;
  return (
    <div className={classes.step} role="listitem" aria-label={whoIs(step)}>
      {(step.assignee != null || step.order_number != null || step.status != null) && (
        <Group gap={8} wrap="nowrap">
          {step.assignee != null && (
            <>
              <Avatar size={24} radius="xl" color={step.is_role ? 'gray' : 'iris'} aria-hidden>
                {step.is_role ? (
                  <IconUsersGroup size={14} aria-hidden />
                ) : (
                  step.assignee.trim().charAt(0).toUpperCase()
                )}
              </Avatar>
              <Text size="sm" fw={500} truncate title={step.assignee} style={{ minWidth: 0 }}>
                {step.assignee}
              </Text>
              {step.is_role && (
                <Badge
                  color="gray"
                  title="Nobody fills this role of the flow template yet"
                  style={{ flexShrink: 0 }}
                >
                  Role
                </Badge>
              )}
            </>
          )}
          {step.order_number != null && (
            <Badge
              color="gray"
              title="Equal numbers run in parallel, higher ones wait"
              style={{ flexShrink: 0 }}
            >
              Order {step.order_number}
            </Badge>
          )}
          <span style={{ flex: 1 }} />
          {step.status != null && <StatusBadge status={step.status} />}
          {step.status == null && step.blocked && (
            <Group gap={4} wrap="nowrap" c="dimmed" style={{ flexShrink: 0 }}>
              <IconLock size={13} aria-hidden />
              <Text fz={12}>Waits for its turn</Text>
            </Group>
          )}
          {step.status == null && !step.blocked && !seen && (
            <Button size="compact-xs" variant="subtle" onClick={onView}>
              View as {whoIs(step)}
            </Button>
          )}
        </Group>
      )}
      {seen && step.status == null && (
        <Stack gap={10} mt={8}>
          {step.buttons.length > 0 && step.form == null && (
            <Group gap="xs">
              {step.buttons.map((button, at) => (
                <Button
                  key={at}
                  variant={button.style === 'branding' ? 'filled' : 'outline'}
                  disabled={!step.open || pending}
                  onClick={() => click(at)}
                >
                  {button.title === '' ? 'Without a title' : button.title}
                </Button>
              ))}
            </Group>
          )}
          {step.form != null && (
            <FormCard
              key={`${run.id}/step-${index}/${step.form.index}`}
              id={`${run.id}/step-${index}/${step.form.index}`}
              form={step.form}
              caller="Action"
              onSubmit={submit}
            />
          )}
          {step.open_url != null && (
            <PageFrame key={step.open_url.url} flowRun={run.id} step={index} page={step.open_url} />
          )}
          {step.problem != null && (
            <ProblemCard problem={step.problem} person="assignee" busy={pending} onRetry={retry} />
          )}
          {waits != null && waits.type !== 'button' && waits.type !== 'step_form' && (
            <Waiting run={run} step={step} index={index} waits={waits} />
          )}
        </Stack>
      )}
    </div>
  );
}

interface WaitingProps {
  run: FlowRunView;
  step: StepView;
  index: number;
  waits: WaitingFor;
}

/** What the step waits for, and what an author can do about it. */
function Waiting({ run, step, index, waits }: WaitingProps) {
  const { move, pending } = useRunCommand();
  const wake = () =>
    void move('The function could not be called', () => commands.wakeStep({ flow_run: run.id, step: index }));
  return (
    <Stack gap={8} className={classes.waiting} role="status">
      <Group gap={6} wrap="nowrap" align="flex-start">
        <IconClock size={15} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
        <Text size="sm">
          {waitingWords(waits)}
          {waits.type === 'time' && (
            <>
              {' '}
              <Countdown at={waits.at} />
            </>
          )}
          {step.attempts > 1 && ` Attempt ${step.attempts}.`}
        </Text>
      </Group>
      {(waits.type === 'time' || waits.type === 'poll') && (
        <Button
          size="compact-sm"
          variant="default"
          loading={pending}
          style={{ alignSelf: 'flex-start' }}
          onClick={wake}
        >
          Run now
        </Button>
      )}
      {waits.type === 'callback' && (
        <>
          {waits.redirect && <CopyField label="Redirect URL" value={run.redirect_url} />}
          {waits.webhook && <CopyField label="Webhook URL" value={run.webhook_url} />}
          {step.token != null && (
            <CopyField
              label="Callback token"
              value={step.token}
              description="Redirect or Webhook returns it as callback.token."
            />
          )}
        </>
      )}
    </Stack>
  );
}

/** How long until a moment, second by second. */
function Countdown({ at }: { at: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.ceil((at - now) / 1_000) * 1_000;
  return (
    <span title={exactTime(at)} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {left > 0 ? `In ${duration(left)}.` : 'Now.'}
    </span>
  );
}
