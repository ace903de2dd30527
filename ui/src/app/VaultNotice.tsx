import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';

import { commands } from '../generated/api';
import { notifyFailed } from '../shared/notify';
import { keys, useVault } from '../shared/queries';

/** Says that nothing secret can be read or kept now, and why, with a way to try again. Shows nothing while all is well. */
export function VaultNotice() {
  const { data } = useVault();
  const client = useQueryClient();
  const open = useMutation({
    mutationFn: () => commands.openVault(),
    onSuccess: (view) => client.setQueryData(keys.vault, view),
    onError: (error) => notifyFailed('The secret store could not be opened', error),
  });
  if (data?.problem == null) return null;
  return (
    <Alert
      color="orange"
      radius={0}
      icon={<IconLock size={18} aria-hidden />}
      title="Secrets cannot be used now"
      role="alert"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ flex: 1, minWidth: 240, overflowWrap: 'anywhere' }}>
          {data.problem} Apps can be edited; accounts, flows and publishing need the secret store.
        </Text>
        <Button size="xs" variant="default" loading={open.isPending} onClick={() => open.mutate()}>
          Try again
        </Button>
      </Group>
    </Alert>
  );
}
