import { Badge } from '@mantine/core';

const STATUSES: Record<string, { text: string; color: string }> = {
  running: { text: 'Running', color: 'iris' },
  waiting: { text: 'Waiting', color: 'blue' },
  completed: { text: 'Completed', color: 'teal' },
  cancelled: { text: 'Cancelled', color: 'gray' },
  failed: { text: 'Failed', color: 'red' },
};

/** A flow run's status, in one word. */
export function StatusBadge({ status }: { status: string }) {
  const known = STATUSES[status] ?? { text: status, color: 'gray' };
  return (
    <Badge color={known.color} style={{ flexShrink: 0 }} data-status={status}>
      {known.text}
    </Badge>
  );
}
