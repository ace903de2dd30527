import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

import { commands } from '../../generated/api';
import { notifyFailed } from '../notify';

interface FolderFieldProps {
  label: string;
  value: string;
  onChange: (path: string) => void;
  description?: ReactNode;
  error?: ReactNode;
  placeholder?: string;
  /** What the system's dialog says. */
  dialogTitle: string;
}

/** A folder: typed, or chosen in the system's own dialog. */
export function FolderField({ dialogTitle, value, onChange, ...input }: FolderFieldProps) {
  const browse = async () => {
    try {
      const start = value.trim();
      const { path } = await commands.pickFolder({ title: dialogTitle, ...(start === '' ? {} : { start }) });
      if (path !== undefined) onChange(path);
    } catch (cause) {
      notifyFailed('The folder dialog could not be opened', cause);
    }
  };
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        {...input}
        value={value}
        title={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        style={{ flex: 1, minWidth: 0 }}
        spellCheck={false}
        autoComplete="off"
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      <Button variant="default" onClick={() => void browse()}>
        Browse…
      </Button>
    </Group>
  );
}
