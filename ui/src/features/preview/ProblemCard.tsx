import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';

import type { Problem } from '../../generated/api';
import { CallDetailsOf } from '../../shared/calls/CallDetails';
import { StackTrace } from '../../shared/calls/StackTrace';
import { useNavigation } from '../../shared/navigation';
import { functionName } from './words';

interface ProblemCardProps {
  problem: Problem;
  /** Who would see it. */
  person: 'Creator' | 'assignee';
  busy: boolean;
  onRetry?: (() => void) | undefined;
}

/** What went wrong in a function, and the ways on: retry, the code, the call. */
export function ProblemCard({ problem, person, busy, onRetry }: ProblemCardProps) {
  const { goTo } = useNavigation();
  const [open, setOpen] = useState(false);
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={titleOf(problem)}
      role="alert"
    >
      <Stack gap={8}>
        <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {problem.description}
        </Text>
        <Text fz={12} c="dimmed">
          {functionName(problem.function)} ·{' '}
          {problem.shown_to_user ? `shown to the ${person}` : 'only you see this'}
        </Text>
        {problem.stack != null && problem.stack !== '' && <StackTrace stack={problem.stack} />}
        <Group gap="xs">
          {onRetry && (
            <Button size="compact-sm" color="red" loading={busy} onClick={onRetry}>
              Retry
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => goTo({ tab: problem.function })}>
            Open the code
          </Button>
          {problem.call != null && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-expanded={open}
              onClick={() => setOpen((shown) => !shown)}
            >
              Call details
            </Button>
          )}
        </Group>
        {open && problem.call != null && <CallDetailsOf call={problem.call} />}
      </Stack>
    </Alert>
  );
}

/** What the function itself calls it stays as it is; the program's own words begin like a sentence. */
function titleOf({ kind, title }: Problem): string {
  return kind === 'error' ? title : `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}
