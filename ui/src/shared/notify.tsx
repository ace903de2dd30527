import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';

import { ApiError } from '../platform/error';
import { legible } from './foreign';

const UNDO_TIME = 10_000;

/** Tells what was done, with a way back for ten seconds. */
export function offerUndo(label: string, undo: () => void): void {
  const id = `undo-${String(Date.now())}-${label}`;
  notifications.show({
    id,
    withBorder: true,
    autoClose: UNDO_TIME,
    role: 'status',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{label}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            undo();
            notifications.hide(id);
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

/** Tells what was done. */
export function notifyDone(message: string): void {
  notifications.show({
    withBorder: true,
    color: 'teal',
    icon: <IconCheck size={18} aria-hidden />,
    role: 'status',
    message,
  });
}

/** Tells what failed, in full, until it is closed. */
export function notifyFailed(title: string, cause: unknown): void {
  const error = ApiError.from(cause);
  notifications.show({
    withBorder: true,
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    role: 'alert',
    title,
    message: legible([error.message, ...error.lines].join('\n')),
    style: { whiteSpace: 'pre-wrap' },
  });
}
