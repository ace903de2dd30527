import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockX, IconPlugConnected, IconRefresh } from '@tabler/icons-react';

import type { CredentialView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { Exchanges } from '../../shared/exchanges/Exchanges';
import { useToken } from '../../shared/queries';
import classes from './credentials.module.css';
import { TokenFacts } from './TokenFacts';
import type { useCredentialCommands } from './useCredentialCommands';
import { legible } from '../../shared/foreign';

interface CredentialDetailsProps {
  credential: CredentialView;
  commands: ReturnType<typeof useCredentialCommands>;
  onReconnect: () => void;
}

/** An account's token: how long it is good, for what, what it says about itself, and whether it works. */
export function CredentialDetails({ credential, commands, onReconnect }: CredentialDetailsProps) {
  const { data: token, error } = useToken(credential.id);
  const { refresh, expire, test } = commands;
  return (
    <Stack gap="sm" className={classes.details}>
      {credential.problem != null && (
        <Alert
          color={credential.needs_reconnect ? 'red' : 'orange'}
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={credential.needs_reconnect ? 'Reconnect this account' : 'The last refresh failed'}
        >
          <Stack gap="xs" align="flex-start">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {legible(credential.problem)}
            </Text>
            <Button size="xs" variant="light" color="red" onClick={onReconnect}>
              Reconnect
            </Button>
          </Stack>
        </Alert>
      )}
      {error && <ErrorAlert title="The token could not be read" error={error} />}
      {!token && !error && <Skeleton height={60} />}
      {token && <TokenFacts kind={credential.kind} token={token} />}
      {credential.kind !== 'custom' && (
        <Group gap="xs">
          {credential.kind === 'oauth2' && (
            <>
              <Button
                size="xs"
                variant="default"
                loading={refresh.isPending}
                leftSection={<IconRefresh size={14} aria-hidden />}
                onClick={() => refresh.mutate(credential)}
              >
                Refresh now
              </Button>
              <Button
                size="xs"
                variant="default"
                loading={expire.isPending}
                leftSection={<IconClockX size={14} aria-hidden />}
                onClick={() => expire.mutate(credential)}
              >
                Expire now
              </Button>
            </>
          )}
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            leftSection={<IconPlugConnected size={14} aria-hidden />}
            onClick={() => test.mutate(credential)}
          >
            Test
          </Button>
        </Group>
      )}
      <Exchanges owner={credential.id} />
    </Stack>
  );
}
