import { ActionIcon, Alert, Button, Group, Loader, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconCircle, IconCircleCheck, IconCircleX, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { AuthorizationView, StepState } from '../../generated/api';
import { CallDetailsOf } from '../calls/CallDetails';
import { ErrorAlert } from '../components/ErrorAlert';
import { Exchanges } from '../exchanges/Exchanges';
import { clock } from '../format';
import { useNavigation } from '../navigation';
import { keys, useAuthorization } from '../queries';
import { useCommand } from '../useCommand';
import { useNow } from '../useNow';
import classes from './attempt.module.css';
import { CustomInputs } from './CustomInputs';
import { WaitForBrowser } from './WaitForBrowser';
import { Foreign } from '../components/Foreign';
import { isolated, legible } from '../foreign';

interface AuthorizationAttemptProps {
  authorization: string;
  onRetry: () => void;
  /** Back to the list of accounts. */
  onClose: () => void;
  /** The account that it connects again; none = a new one. */
  again?: string | undefined;
}

/** One attempt to get a credential: every step of it, and the ways out when it does not go on. */
export function AuthorizationAttempt({ authorization, onRetry, onClose, again }: AuthorizationAttemptProps) {
  const { data: attempt, error } = useAuthorization(authorization);
  const { command, pending } = useCommand();
  const client = useQueryClient();

  const send = async (failure: string, order: () => Promise<AuthorizationView>) => {
    const view = await command(failure, order);
    if (view) client.setQueryData(keys.authorization(authorization), view);
    return view !== undefined;
  };
  if (error) {
    return (
      <ErrorAlert title="This authorization is over" error={error}>
        <Button size="xs" variant="light" color="red" onClick={onClose}>
          Back to the accounts
        </Button>
      </ErrorAlert>
    );
  }
  if (!attempt) return <Skeleton height={160} aria-label="Reading the authorization" />;

  const close = () => {
    // Codes and tokens are wiped when nobody looks at them any more.
    void commands.forgetExchanges({ owner: authorization }).catch(() => undefined);
    onClose();
  };
  const keepOther = () =>
    void send('The account could not be kept', () => commands.keepOtherAccount({ authorization }));
  const running = attempt.status === 'running';
  const cancel = () =>
    void send('The authorization could not be cancelled', () =>
      commands.cancelAuthorization({ authorization }),
    );
  const retryIdentity = () =>
    void send('The Identity Function could not be called', () => commands.retryIdentity({ authorization }));
  return (
    <section
      ref={takeLostFocus}
      tabIndex={-1}
      aria-label={again === undefined ? 'Add account' : `Reconnect ${again}`}
      className={classes.attempt}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {again === undefined ? (
            'Add account'
          ) : (
            <>
              Reconnect <Foreign text={again} short />
            </>
          )}
        </Text>
        {running && (
          <Group gap="xs" wrap="nowrap">
            <TimeLeft until={attempt.times_out_at} />
            <Button size="compact-sm" variant="default" disabled={pending} onClick={cancel}>
              Cancel authorization
            </Button>
          </Group>
        )}
        {!running && (
          <Tooltip label="Back to the accounts">
            <ActionIcon aria-label="Back to the accounts" onClick={close}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Steps attempt={attempt} />
      {attempt.notices?.map((notice) => (
        <Alert key={notice} color="yellow" icon={<IconInfoCircle size={18} aria-hidden />} role="status">
          {legible(notice)}
        </Alert>
      ))}
      {attempt.error != null && (
        <ErrorAlert title={legible(attempt.error.title)} error={attempt.error.description} />
      )}
      <Exchanges owner={authorization} open={attempt.status === 'failed'} />
      {attempt.identity_call != null && <IdentityCall call={attempt.identity_call} />}
      {running && attempt.custom_inputs != null && (
        <CustomInputs
          inputs={attempt.custom_inputs}
          problems={attempt.input_problems ?? []}
          pending={pending}
          onSubmit={(values) =>
            void send('The inputs could not be taken', () =>
              commands.submitCustomInputs({ authorization, values }),
            )
          }
        />
      )}
      {running && attempt.url != null && (
        <WaitForBrowser
          attempt={attempt}
          url={attempt.url}
          pending={pending}
          onOpen={() =>
            void send('The page could not be opened', () => commands.openAuthorizationPage({ authorization }))
          }
          onPaste={(url) =>
            send('The address was not accepted', () => commands.pasteRedirect({ authorization, url }))
          }
        />
      )}
      <Group gap="xs">
        {!running && attempt.status !== 'done' && (
          <>
            {attempt.can_retry_identity && (
              <Button size="xs" loading={pending} onClick={retryIdentity}>
                Call the Identity Function again
              </Button>
            )}
            {attempt.other_account != null && (
              <Button size="xs" variant="default" loading={pending} onClick={keepOther}>
                Keep {isolated(attempt.other_account)} as an account of its own
              </Button>
            )}
            <Button
              size="xs"
              variant={attempt.can_retry_identity ? 'default' : 'filled'}
              disabled={pending}
              onClick={onRetry}
            >
              {attempt.can_retry_identity ? 'Authorize again' : 'Try again'}
            </Button>
          </>
        )}
      </Group>
    </section>
  );
}

/** Until the attempt gives up by itself. */
function TimeLeft({ until }: { until: number }) {
  const now = useNow();
  return (
    <Text fz={12} c="dimmed" role="timer" aria-label="Time left" style={{ whiteSpace: 'nowrap' }}>
      {clock(until - now)} left
    </Text>
  );
}

/** The button that started the attempt made room for it: without this the keyboard would begin at the window's top. */
function takeLostFocus(section: HTMLElement | null): void {
  if (section && (document.activeElement === null || document.activeElement === document.body)) {
    section.focus();
  }
}

function Steps({ attempt }: { attempt: AuthorizationView }) {
  return (
    <ol className={classes.steps} aria-label="Steps of the authorization" aria-live="polite">
      {attempt.steps.map((step) => (
        <li key={step.title} data-state={step.state}>
          <StateMark state={step.state} idle={attempt.status !== 'running'} />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={step.state === 'running' ? 600 : 400} style={{ overflowWrap: 'anywhere' }}>
              {legible(step.title)}
            </Text>
            {step.detail != null && (
              <Text
                fz={12}
                c={step.state === 'failed' ? 'red' : 'dimmed'}
                style={{ overflowWrap: 'anywhere' }}
              >
                {legible(step.detail)}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function StateMark({ state, idle }: { state: StepState; idle: boolean }) {
  const props = { size: 18, stroke: 1.7, role: 'img', style: { flexShrink: 0, marginTop: 1 } } as const;
  if (state === 'done') {
    return <IconCircleCheck {...props} aria-label="Done:" color="var(--mantine-color-teal-text)" />;
  }
  if (state === 'failed') {
    return <IconCircleX {...props} aria-label="Failed:" color="var(--mantine-color-red-text)" />;
  }
  if (state === 'running' && !idle) {
    return <Loader size={16} m={1} mt={2} aria-label="Running:" role="img" style={{ flexShrink: 0 }} />;
  }
  return <IconCircle {...props} aria-label="Waiting:" color="var(--mantine-color-dimmed)" />;
}

/** The call of the identity function, and the way to its code. */
function IdentityCall({ call }: { call: string }) {
  const [open, setOpen] = useState(false);
  const { goTo } = useNavigation();
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          onClick={() => setOpen((shown) => !shown)}
        >
          Call of the Identity Function
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => goTo({ tab: 'identity' })}>
          Open the code
        </Button>
      </Group>
      {open && <CallDetailsOf call={call} />}
    </Stack>
  );
}
