import {
  ActionIcon,
  Badge,
  Group,
  Menu,
  Skeleton,
  Table,
  Text,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconKey, IconPlugConnected, IconRefresh, IconTrash } from '@tabler/icons-react';

import { commands } from '../../generated/api';
import type { CredentialView } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { exactTime, isPast, timeAgo } from '../../shared/format';
import { notifyDone, notifyFailed } from '../../shared/notify';
import { keys, useCredentials } from '../../shared/queries';

interface CredentialListProps {
  appId: string;
  /** An authorization is on screen above. */
  adding: boolean;
  onAuthorize: () => void;
}

/** The accounts that were connected with this app on this machine. */
export function CredentialList({ appId, adding, onAuthorize }: CredentialListProps) {
  const client = useQueryClient();
  const { data, error } = useCredentials(appId);
  const refreshList = () => void client.invalidateQueries({ queryKey: keys.credentials(appId) });

  const remove = useMutation({
    mutationFn: (credential: CredentialView) => commands.deleteCredential({ credential: credential.id }),
    onSuccess: (_, credential) => notifyDone(`${credential.display_id} deleted`),
    onError: (cause) => notifyFailed('The credential could not be deleted', cause),
    onSettled: refreshList,
  });
  const refresh = useMutation({
    mutationFn: (credential: CredentialView) => commands.refreshCredential({ credential: credential.id }),
    onSuccess: (credential) => notifyDone(`${credential.display_id} has a new token`),
    onError: (cause) => notifyFailed('The token could not be refreshed', cause),
    onSettled: refreshList,
  });
  const test = useMutation({
    mutationFn: (credential: CredentialView) => commands.testCredential({ credential: credential.id }),
    onSuccess: (result, credential) => {
      if (result.ok) notifyDone(`${credential.display_id} works`);
      else notifyFailed(`${credential.display_id} does not work`, result.detail);
    },
    onError: (cause) => notifyFailed('The credential could not be tested', cause),
  });
  const ask = (credential: CredentialView) =>
    modals.openConfirmModal({
      title: `Delete ${credential.display_id}?`,
      children: (
        <Text size="sm">
          Its values are removed from this machine. Flow runs that use it cannot go on. Authorize again to get
          it back.
        </Text>
      ),
      labels: { confirm: 'Delete credential', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(credential),
    });

  if (error) return <ErrorAlert title="The credentials could not be read" error={error} />;
  if (!data) return <Skeleton height={72} aria-label="Reading the credentials" />;
  if (data.length === 0) {
    if (adding) return null;
    return (
      <EmptyState
        compact
        icon={IconKey}
        title="No credentials yet"
        text="Add an account here, or while a flow runs in the preview: it appears in both places."
      />
    );
  }
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs" aria-label="Credentials">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th>Unique id</Table.Th>
            <Table.Th>Expires</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th w={44}>
              <VisuallyHidden>Commands</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((credential) => (
            <Table.Tr key={credential.id}>
              <Table.Td maw={200}>
                <Text size="sm" fw={500} truncate title={credential.display_id}>
                  {credential.display_id}
                </Text>
              </Table.Td>
              <Table.Td maw={200}>
                <Text size="xs" ff="monospace" truncate title={credential.unique_id}>
                  {credential.unique_id}
                </Text>
              </Table.Td>
              <Table.Td>
                <Expiry at={credential.expires_at} />
              </Table.Td>
              <Table.Td>
                {credential.needs_reconnect ? (
                  <Badge color="orange">Reconnect</Badge>
                ) : (
                  <Badge color="teal">Connected</Badge>
                )}
              </Table.Td>
              <Table.Td>
                <Menu position="bottom-end">
                  <Menu.Target>
                    <ActionIcon aria-label={`Commands for ${credential.display_id}`}>
                      <IconDots size={16} aria-hidden />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {credential.kind === 'oauth2' && (
                      <>
                        <Menu.Item
                          leftSection={<IconPlugConnected size={15} aria-hidden />}
                          onClick={() => test.mutate(credential)}
                        >
                          Test token
                        </Menu.Item>
                        <Menu.Item
                          leftSection={<IconRefresh size={15} aria-hidden />}
                          onClick={() => refresh.mutate(credential)}
                        >
                          Refresh token
                        </Menu.Item>
                      </>
                    )}
                    <Menu.Item
                      leftSection={<IconKey size={15} aria-hidden />}
                      disabled={adding}
                      onClick={onAuthorize}
                    >
                      Authorize again
                    </Menu.Item>
                    <Menu.Item
                      color="red"
                      leftSection={<IconTrash size={15} aria-hidden />}
                      onClick={() => ask(credential)}
                    >
                      Delete…
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Expiry({ at }: { at: number | undefined }) {
  if (at == null) {
    return (
      <Text size="sm" c="dimmed">
        Never
      </Text>
    );
  }
  return (
    <Tooltip label={exactTime(at)}>
      <Group gap={4} display="inline-flex">
        <Text size="sm">{isPast(at) ? `Expired ${timeAgo(at)}` : timeAgo(at)}</Text>
      </Group>
    </Tooltip>
  );
}
