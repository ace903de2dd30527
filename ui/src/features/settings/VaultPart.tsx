import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { VaultPlace, VaultView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { notifyDone } from '../../shared/notify';
import { keys } from '../../shared/queries';

const PLACES: Record<VaultPlace, { label: string; color: string }> = {
  keychain: { label: 'System keychain', color: 'teal' },
  file: { label: 'Encrypted file', color: 'orange' },
  closed: { label: 'Not open', color: 'red' },
};

/** Where the key to all secrets is, why it is there, and the way to the other place. */
export function VaultPart({ vault }: { vault: VaultView }) {
  const client = useQueryClient();
  const move = useMutation({
    mutationFn: (toKeychain: boolean) => commands.moveVault({ to_keychain: toKeychain }),
    onSuccess: (next) => {
      notifyDone(`The key is now in ${next.place === 'keychain' ? 'the system keychain' : 'a file'}`);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.settings });
      void client.invalidateQueries({ queryKey: keys.vault });
    },
  });
  const toKeychain = vault.place === 'file';
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <Badge color={PLACES[vault.place].color} style={{ flexShrink: 0 }}>
          {PLACES[vault.place].label}
        </Badge>
        <Text size="sm">{vault.problem ?? vault.reason}</Text>
      </Group>
      {vault.place !== 'closed' && (
        <>
          <Text size="sm" c="dimmed">
            {toKeychain
              ? 'The values are encrypted; their key is in a file that only you can read.'
              : 'The values are encrypted; their key is in the system keychain, which opens when you log in.'}
          </Text>
          <Button
            size="xs"
            variant="default"
            loading={move.isPending}
            onClick={() => move.mutate(toKeychain)}
          >
            {toKeychain ? 'Move the key to the system keychain' : 'Move the key to a file'}
          </Button>
        </>
      )}
      {move.error && <ErrorAlert title="The key was not moved" error={move.error} />}
    </Stack>
  );
}
