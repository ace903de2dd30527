import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { CredentialView } from '../../generated/api';
import { accountName } from '../../shared/authorization/accountName';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { exactTime } from '../../shared/format';
import { keys } from '../../shared/queries';
import { Foreign } from '../../shared/components/Foreign';
import { isolated } from '../../shared/foreign';

interface DialogProps {
  appId: string;
  credential: CredentialView;
  onClose: () => void;
}

/** Gives an account a name of the author's own. */
export function RenameDialog({ appId, credential, onClose }: DialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(accountName(credential));
  const rename = useMutation({
    mutationFn: () => commands.renameCredential({ credential: credential.id, name }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: keys.credentials(appId) }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <>
          Rename <Foreign text={accountName(credential)} short />
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            description={`On this machine only; empty = ${isolated(credential.display_id)}, as the Identity Function says.`}
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {rename.error && <ErrorAlert title="The account could not be renamed" error={rename.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={rename.isPending}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface DeleteDialogProps extends DialogProps {
  onDelete: () => void;
}

/** Says what cannot go on without the account before it is deleted. */
export function DeleteDialog({ appId, credential, onClose, onDelete }: DeleteDialogProps) {
  const { data: uses, error } = useQuery({
    queryKey: [...keys.credentials(appId), credential.id, 'uses'],
    queryFn: () => commands.credentialUses({ credential: credential.id }),
    staleTime: 0,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <>
          Delete <Foreign text={accountName(credential)} short />?
        </>
      }
    >
      <Stack gap="md">
        <Text size="sm">
          Its values are removed from this machine; the provider is not told. Authorize again to get it back.
        </Text>
        {error && <ErrorAlert title="It could not be read what uses it" error={error} />}
        {uses?.length === 0 && (
          <Text size="sm" c="dimmed">
            No flow run waits with it.
          </Text>
        )}
        {uses !== undefined && uses.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {uses.length === 1 ? 'One flow run' : `${uses.length} flow runs`} cannot go on without it:
            </Text>
            <List size="sm" aria-label="Flow runs that use it">
              {uses.map((use) => (
                <List.Item key={use.flow_run}>
                  {use.action_title}, begun {exactTime(use.created_at)}
                </List.Item>
              ))}
            </List>
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            color="red"
            onClick={() => {
              onDelete();
              onClose();
            }}
          >
            Delete credential
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
