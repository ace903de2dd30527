import { Badge, Button, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPlus, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { CredentialView, FlowRunView } from '../../generated/api';
import { AuthorizationAttempt } from '../../shared/authorization/AuthorizationAttempt';
import { useStartAuthorization } from '../../shared/authorization/useStartAuthorization';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { accountName } from '../../shared/authorization/accountName';
import { timeAgo } from '../../shared/format';
import { useCredentials } from '../../shared/queries';
import classes from './preview.module.css';
import { useRunCommand } from './useRunCommand';
import { Foreign } from '../../shared/components/Foreign';
import { legible } from '../../shared/foreign';

/** The attempt of each flow run; outlives the preview's being closed. */
const attempts = new Map<string, string>();

/** The Creator chooses an account, or adds one. */
export function AccountStage({ run }: { run: FlowRunView }) {
  const { data: credentials, error } = useCredentials(run.app);
  const { move, pending: moving } = useRunCommand();
  const [attempt, setAttempt] = useState(attempts.get(run.id));
  const remember = (id: string | undefined) => {
    if (id === undefined) attempts.delete(run.id);
    else attempts.set(run.id, id);
    setAttempt(id);
  };

  const authorization = useStartAuthorization((view) => remember(view.id));
  const add = () => authorization.start({ app: run.app, flow_run: run.id });
  const choose = (credential: CredentialView) =>
    void move('The account could not be used', () =>
      commands.chooseCredential({ flow_run: run.id, credential: credential.id }),
    );

  const pending = moving || authorization.pending;

  if (attempt !== undefined) {
    return (
      <>
        {authorization.dialog}
        <AuthorizationAttempt
          key={attempt}
          authorization={attempt}
          onRetry={() => void add()}
          onClose={() => remember(undefined)}
        />
      </>
    );
  }
  return (
    <section aria-label="Account">
      {authorization.dialog}
      <Stack gap={8}>
        <div>
          <Text fw={600}>Choose an account</Text>
          <Text size="sm" c="dimmed">
            The functions of this run get its credential.
          </Text>
        </div>
        {error && <ErrorAlert title="The accounts could not be read" error={error} />}
        {!error && !credentials && <Skeleton height={52} />}
        {credentials?.map((credential) => (
          <UnstyledButton
            key={credential.id}
            className={classes.account}
            disabled={pending}
            aria-label={`Use ${accountName(credential)}`}
            onClick={() => choose(credential)}
          >
            <IconUserCircle size={22} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
            <span style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" fw={500} truncate title={legible(credential.display_id)}>
                <Foreign text={accountName(credential)} />
              </Text>
              <Text fz={12} c="dimmed">
                {credential.last_used_at == null
                  ? `added ${timeAgo(credential.created_at)}`
                  : `used ${timeAgo(credential.last_used_at)}`}
              </Text>
            </span>
            {credential.needs_reconnect && <Badge color="orange">Add again</Badge>}
          </UnstyledButton>
        ))}
        {credentials?.length === 0 && (
          <Text size="sm" c="dimmed">
            No account yet.
          </Text>
        )}
        <Button
          variant={credentials?.length === 0 ? 'filled' : 'default'}
          loading={pending}
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => void add()}
        >
          Add account
        </Button>
      </Stack>
    </section>
  );
}
