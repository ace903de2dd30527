import { ActionIcon, CopyButton, Tooltip, type ActionIconProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface CopyActionProps extends ActionIconProps {
  value: string;
  /** What is copied, such as `webhook URL`. */
  what: string;
}

/** A small button that copies a text. */
export function CopyAction({ value, what, ...props }: CopyActionProps) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
          <ActionIcon
            size="sm"
            aria-label={copied ? `${what} copied` : `Copy ${what}`}
            onClick={copy}
            {...props}
          >
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
