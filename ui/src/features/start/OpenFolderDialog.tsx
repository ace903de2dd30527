import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { AppView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { FolderField } from '../../shared/components/FolderField';
import { useOpening } from './useOpening';

interface OpenFolderDialogProps {
  opened: boolean;
  onClose: () => void;
  onOpen: (view: AppView) => void;
}

/** Opens the app in a folder. */
export function OpenFolderDialog({ opened, onClose, onOpen }: OpenFolderDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Open folder" size="lg">
      <OpenFolderForm onClose={onClose} onOpen={onOpen} />
    </Modal>
  );
}

function OpenFolderForm({ onClose, onOpen }: Omit<OpenFolderDialogProps, 'opened'>) {
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const opening = useOpening(commands.openApp, onOpen);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (path.trim() !== '') opening.mutate({ path: path.trim() });
      }}
    >
      <Stack gap="md">
        <FolderField
          label="Folder"
          description="A folder that holds an app.json. Work on it here and in any other editor at once."
          placeholder="/home/you/apps/acme-signatures"
          dialogTitle="Open the folder of an app"
          value={path}
          error={tried && path.trim() === '' ? 'Choose a folder, or type its path.' : undefined}
          onChange={setPath}
        />
        {opening.error && <ErrorAlert title="The folder could not be opened" error={opening.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={opening.isPending}>
            Open
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
