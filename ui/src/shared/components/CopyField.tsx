import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface CopyFieldProps {
  label: string;
  value: string;
  description?: ReactNode;
  /** Shown when there is no value yet. */
  placeholder?: string;
}

/** A value that is read and copied, never typed. */
export function CopyField({ label, value, description, placeholder }: CopyFieldProps) {
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      placeholder={placeholder}
      title={value}
      readOnly
      variant="filled"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', textOverflow: 'ellipsis' } }}
      rightSection={
        value === '' ? null : (
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? 'Copied' : 'Copy'}>
                <ActionIcon aria-label={copied ? `${label} copied` : `Copy ${label}`} onClick={copy}>
                  {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        )
      }
    />
  );
}
