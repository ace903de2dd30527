import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';

import type { FlowRunView } from '../../generated/api';
import { AuthorizationAttempt } from '../../shared/authorization/AuthorizationAttempt';
import { accountName } from '../../shared/authorization/accountName';
import { useStartAuthorization } from '../../shared/authorization/useStartAuthorization';
import { Foreign } from '../../shared/components/Foreign';
import { legible } from '../../shared/foreign';

/** The attempt of each flow run; outlives the preview's being closed. */
const attempts = new Map<string, string>();

/** The run's account gets no token any more: why, and the way to connect it again. Shows nothing while all is well. */
export function ReconnectNotice({ run }: { run: FlowRunView }) {
  const [attempt, setAttempt] = useState(attempts.get(run.id));
  const remember = (id: string | undefined) => {
    if (id === undefined) attempts.delete(run.id);
    else attempts.set(run.id, id);
    setAttempt(id);
  };
  const { start, pending, dialog } = useStartAuthorization((view) => remember(view.id));
  const { credential } = run;
  if (credential == null) return null;
  const name = accountName(credential);
  const reconnect = () => void start({ app: run.app, credential: credential.id });
  if (attempt !== undefined) {
    return (
      <>
        {dialog}
        <AuthorizationAttempt
          key={attempt}
          authorization={attempt}
          again={name}
          onRetry={reconnect}
          onClose={() => remember(undefined)}
        />
      </>
    );
  }
  const over = run.view.status === 'completed' || run.view.status === 'cancelled';
  if (!credential.needs_reconnect || over) return null;
  return (
    <Alert
      color="red"
      icon={<IconPlugConnectedX size={18} aria-hidden />}
      title={
        <>
          <Foreign text={name} short /> has to be connected again
        </>
      }
    >
      {dialog}
      <Stack gap="xs" align="flex-start">
        {credential.problem != null && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {legible(credential.problem)}
          </Text>
        )}
        <Button size="xs" variant="light" color="red" loading={pending} onClick={reconnect}>
          Reconnect
        </Button>
      </Stack>
    </Alert>
  );
}
