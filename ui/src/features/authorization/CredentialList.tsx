import {
  ActionIcon,
  Badge,
  Group,
  Menu,
  Skeleton,
  Table,
  Text,
  Tooltip,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import {
  IconChevronRight,
  IconDots,
  IconKey,
  IconPencil,
  IconPlugConnected,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { Fragment, useState } from 'react';

import type { CredentialView } from '../../generated/api';
import { accountName } from '../../shared/authorization/accountName';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { exactTime, isPast, timeAgo } from '../../shared/format';
import { useCredentials } from '../../shared/queries';
import { CredentialDetails } from './CredentialDetails';
import { DeleteDialog, RenameDialog } from './CredentialDialogs';
import { useCredentialCommands } from './useCredentialCommands';
import { Foreign } from '../../shared/components/Foreign';
import { legible } from '../../shared/foreign';

interface CredentialListProps {
  appId: string;
  /** An authorization is on screen above. */
  adding: boolean;
  /** Connects an account again. */
  onAuthorize: (credential: CredentialView) => void;
}

/** The accounts that were connected with this app on this machine. */
export function CredentialList({ appId, adding, onAuthorize }: CredentialListProps) {
  const { data, error } = useCredentials(appId);
  const commands = useCredentialCommands(appId);
  const [open, setOpen] = useState<string>();
  const [dialog, setDialog] = useState<{ kind: 'rename' | 'delete'; credential: CredentialView }>();

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
    <>
      {dialog?.kind === 'rename' && (
        <RenameDialog appId={appId} credential={dialog.credential} onClose={() => setDialog(undefined)} />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteDialog
          appId={appId}
          credential={dialog.credential}
          onClose={() => setDialog(undefined)}
          onDelete={() => commands.remove.mutate(dialog.credential)}
        />
      )}
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing="xs" aria-label="Credentials">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Account</Table.Th>
              <Table.Th>Unique id</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th>Expires</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th w={44}>
                <VisuallyHidden>Commands</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((credential) => (
              <Fragment key={credential.id}>
                <Row
                  credential={credential}
                  adding={adding}
                  open={open === credential.id}
                  commands={commands}
                  onToggle={() => setOpen(open === credential.id ? undefined : credential.id)}
                  onAuthorize={() => onAuthorize(credential)}
                  onAsk={(kind) => setDialog({ kind, credential })}
                />
                {open === credential.id && (
                  <Table.Tr>
                    <Table.Td colSpan={6}>
                      <CredentialDetails
                        credential={credential}
                        commands={commands}
                        onReconnect={() => onAuthorize(credential)}
                      />
                    </Table.Td>
                  </Table.Tr>
                )}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

interface RowProps {
  credential: CredentialView;
  adding: boolean;
  open: boolean;
  commands: ReturnType<typeof useCredentialCommands>;
  onToggle: () => void;
  onAuthorize: () => void;
  onAsk: (kind: 'rename' | 'delete') => void;
}

function Row({ credential, adding, open, commands, onToggle, onAuthorize, onAsk }: RowProps) {
  const name = accountName(credential);
  return (
    <Table.Tr>
      <Table.Td maw={200}>
        <UnstyledButton
          aria-expanded={open}
          aria-label={`Details of ${name}`}
          style={{ display: 'flex', alignItems: 'center', gap: 6, maxWidth: '100%' }}
          onClick={onToggle}
        >
          <IconChevronRight
            size={14}
            aria-hidden
            style={{ flexShrink: 0, transform: open ? 'rotate(90deg)' : undefined }}
          />
          <span style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate title={legible(name)}>
              <Foreign text={name} />
            </Text>
            {credential.name != null && (
              <Text fz={12} c="dimmed" truncate title={legible(credential.display_id)}>
                <Foreign text={credential.display_id} />
              </Text>
            )}
          </span>
        </UnstyledButton>
      </Table.Td>
      <Table.Td maw={160}>
        <Text size="xs" ff="monospace" truncate title={legible(credential.unique_id)}>
          <Foreign text={credential.unique_id} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" c={credential.last_used_at == null ? 'dimmed' : undefined}>
          {credential.last_used_at == null ? 'Never' : timeAgo(credential.last_used_at)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Expiry at={credential.expires_at} />
      </Table.Td>
      <Table.Td>
        <State credential={credential} />
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Commands for ${name}`}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {credential.kind !== 'custom' && (
              <Menu.Item
                leftSection={<IconPlugConnected size={15} aria-hidden />}
                onClick={() => commands.test.mutate(credential)}
              >
                Test token
              </Menu.Item>
            )}
            {credential.kind === 'oauth2' && (
              <Menu.Item
                leftSection={<IconRefresh size={15} aria-hidden />}
                onClick={() => commands.refresh.mutate(credential)}
              >
                Refresh token
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconKey size={15} aria-hidden />}
              disabled={adding}
              onClick={onAuthorize}
            >
              Reconnect
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => onAsk('rename')}>
              Rename…
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() => onAsk('delete')}
            >
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

function State({ credential }: { credential: CredentialView }) {
  if (credential.needs_reconnect) return <Badge color="red">Reconnect</Badge>;
  if (credential.problem != null) return <Badge color="orange">Refresh failed</Badge>;
  return <Badge color="teal">Connected</Badge>;
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
