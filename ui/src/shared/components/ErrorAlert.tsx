import { Alert, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { ApiError } from '../../platform/error';
import { legible } from '../foreign';

interface ErrorAlertProps {
  title: string;
  error: unknown;
  /** What to do about it: buttons. */
  children?: ReactNode;
}

/** A failure in full: what failed, why, and what can be done. */
export function ErrorAlert({ title, error, children }: ErrorAlertProps) {
  const { message, lines } = ApiError.from(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {legible(message)}
        </Text>
        {lines.length > 0 && (
          <Code block w="100%" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {legible(lines.join('\n'))}
          </Code>
        )}
        {children}
      </Stack>
    </Alert>
  );
}
