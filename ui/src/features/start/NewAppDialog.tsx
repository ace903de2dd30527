import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { AppView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { FolderField } from '../../shared/components/FolderField';
import { useOpening } from './useOpening';

interface NewAppDialogProps {
  opened: boolean;
  /** The parent folder offered. */
  folder: string;
  onClose: () => void;
  onOpen: (view: AppView) => void;
}

/** Asks for a name and a place, and makes an app that runs from the first minute. */
export function NewAppDialog({ opened, folder, onClose, onOpen }: NewAppDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New app" size="lg">
      <NewAppForm folder={folder} onClose={onClose} onOpen={onOpen} />
    </Modal>
  );
}

function NewAppForm({ folder, onClose, onOpen }: Omit<NewAppDialogProps, 'opened'>) {
  const [name, setName] = useState('');
  const [parent, setParent] = useState(folder);
  const [tried, setTried] = useState(false);
  const creating = useOpening(commands.createApp, onOpen);
  const nameError = tried && name.trim() === '' ? 'Give the app a name.' : undefined;
  const parentError = tried && parent.trim() === '' ? 'Choose the folder that will hold the app.' : undefined;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() === '' || parent.trim() === '') return;
        creating.mutate({ name: name.trim(), parent: parent.trim() });
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Acme Signatures"
          data-autofocus
          value={name}
          error={nameError}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FolderField
          label="Parent folder"
          description="The app gets a folder of its own inside, named after it."
          dialogTitle="Where should the new app be kept?"
          value={parent}
          error={parentError}
          onChange={setParent}
        />
        {creating.error && <ErrorAlert title="The app could not be created" error={creating.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creating.isPending}>
            Create app
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
