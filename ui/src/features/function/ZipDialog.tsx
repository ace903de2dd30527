import { Button, Code, FileButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFileZip } from '@tabler/icons-react';

import { commands } from '../../generated/api';
import type { FunctionKind } from '../../generated/api';
import { toBase64 } from '../../shared/base64';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { useDraft } from '../../shared/draft/DraftContext';
import { bytes } from '../../shared/format';
import { notifyDone } from '../../shared/notify';
import { keys } from '../../shared/queries';
import { useSaveAll } from '../../shared/saving';
import type { FunctionDraft } from './functionDraft';

interface ZipDialogProps {
  appId: string;
  kind: FunctionKind;
  draft: FunctionDraft;
  opened: boolean;
  onClose: () => void;
}

/** As the program refuses a larger one. */
const MAX_BYTES = 50 * 1024 * 1024;

/** Puts a zip with dependencies in the place of a function. */
export function ZipDialog({ opened, onClose, ...rest }: ZipDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Use a zip" size="lg">
      <ZipForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function ZipForm({ appId, kind, draft, onClose }: Omit<ZipDialogProps, 'opened'>) {
  const client = useQueryClient();
  const definition = useDraft();
  const saveAll = useSaveAll();
  const folder = `functions/${kind}`;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > MAX_BYTES) {
        throw new Error(`${file.name} has ${bytes(file.size)}; a zip has at most ${bytes(MAX_BYTES)}.`);
      }
      // What is typed belongs to what is kept.
      await saveAll();
      const base64 = toBase64(new Uint8Array(await file.arrayBuffer()));
      const imported = await commands.importFunctionZip({ app: appId, function: kind, base64 });
      await definition.diskChanged();
      await draft.diskChanged();
      return { ...imported, name: file.name };
    },
    onSuccess: ({ files, kept, name }) => {
      const before = kept === undefined ? '' : ` What stood there is kept in ${kept}.`;
      notifyDone(
        `${folder} holds ${files === 1 ? '1 file' : `the ${String(files)} files`} of ${name}.${before}`,
      );
      onClose();
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.functionSource(appId, kind) });
      void client.invalidateQueries({ queryKey: keys.check(appId) });
      void client.invalidateQueries({ queryKey: keys.app(appId) });
    },
  });
  return (
    <Stack gap="md">
      <Text size="sm">
        A zip has <Code>index.js</Code> at its root, with <Code>package.json</Code> and{' '}
        <Code>node_modules</Code> beside it when the function has dependencies: at most {bytes(MAX_BYTES)}.
      </Text>
      <Text size="sm" c="dimmed">
        Its files replace everything in <Code>{folder}</Code>. What stands there now is kept in a zip in the
        data folder. You can go on editing index.js here.
      </Text>
      {error && <ErrorAlert title="The zip was not taken, and nothing was changed" error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <FileButton
          accept=".zip,application/zip"
          onChange={(file) => {
            if (file) mutate(file);
          }}
          inputProps={{ 'aria-label': 'Zip file of the function' }}
        >
          {(props) => (
            <Button {...props} loading={isPending} leftSection={<IconFileZip size={16} aria-hidden />}>
              Choose zip…
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}
