import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';

import type { Published, ServerView } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { PlanList } from './PlanList';

interface PublishedViewProps {
  published: Published;
  server: ServerView;
  onClose: () => void;
}

/** What publishing did. */
export function PublishedView({ published, server, onClose }: PublishedViewProps) {
  return (
    <Stack gap="lg">
      <Alert
        color="teal"
        icon={<IconCircleCheck size={18} aria-hidden />}
        title={`Published to ${server.name}`}
        role="status"
      >
        <Text size="sm">{server.url}</Text>
      </Alert>
      <CopyField label="App id" value={published.app_id} />
      {published.version_id != null && (
        <CopyField
          label="Version"
          description={versionText(published.version_status)}
          value={published.version_id}
        />
      )}
      <PlanList done steps={published.steps} appId={published.app_id} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

function versionText(status: string | undefined): string {
  if (status === 'APP_VERSION_STATUS_INITIAL') return 'Requested: it waits for its review.';
  if (status === 'APP_VERSION_STATUS_RESOLVED') return 'Reviewed.';
  return status ?? 'Requested.';
}
