import { Alert, Button, Checkbox, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCloudUpload } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { Published, ServerView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { useDraft } from '../../shared/draft/DraftContext';
import { useNavigation } from '../../shared/navigation';
import { keys, usePublishProgress, useServers, type PublishProgress } from '../../shared/queries';
import { useSaveAll } from '../../shared/saving';
import { tabOf } from '../../shared/tabs';
import { PlanList } from './PlanList';
import classes from './PublishForm.module.css';
import { ServerChoice } from './ServerChoice';

interface PublishFormProps {
  appId: string;
  onClose: () => void;
  onBusy: (busy: boolean) => void;
  onPublished: (published: Published, server: ServerView) => void;
}

const NONE: PublishProgress = {};

/** The server, the plan, and the button. */
export function PublishForm({ appId, onClose, onBusy, onPublished }: PublishFormProps) {
  const client = useQueryClient();
  const saveAll = useSaveAll();
  const draft = useDraft();
  const { goTo } = useNavigation();
  const servers = useServers();
  const [chosen, setChosen] = useState<string>();
  const [wantsVersion, setWantsVersion] = useState(false);
  const [label, setLabel] = useState('');
  const [editing, setEditing] = useState<ServerView | 'new'>();

  const list = servers.data ?? [];
  const server = list.find((one) => one.id === chosen) ?? list.find((one) => one.running) ?? list[0];
  const ready = server !== undefined && server.running && (server.local || server.has_token);

  const publish = useMutation({
    mutationFn: async (target: ServerView) => {
      onBusy(true);
      client.setQueryData<PublishProgress>(keys.publishing(appId), {});
      await saveAll();
      return commands.publish({
        app: appId,
        server: target.id,
        ...(wantsVersion ? { version_label: label.trim() } : {}),
      });
    },
    onSuccess: async (published, target) => {
      // The first publish writes the app id into app.json.
      await draft.diskChanged().catch(() => undefined);
      onPublished(published, target);
    },
    onSettled: () => {
      onBusy(false);
      void client.invalidateQueries({ queryKey: ['plan', appId] });
    },
  });
  const plan = useQuery({
    queryKey: keys.plan(appId, server?.id ?? ''),
    // What is being changed is compared again when that is over.
    enabled: ready && !publish.isPending,
    staleTime: 0,
    queryFn: async () => {
      // The plan compares what is on disk.
      await saveAll();
      return commands.planPublish({ app: appId, server: server?.id ?? '' });
    },
  });
  const { data: progress = NONE } = usePublishProgress(appId);

  const blockers = plan.data?.blockers ?? [];
  const steps = [...(plan.data?.steps ?? [])];
  if (wantsVersion) steps.push({ what: 'version', change: 'create', detail: label.trim() });
  const sent = steps.filter((step) => step.change !== 'unchanged');
  const finished = sent.filter((step) => progress[step.what] === 'done').length;
  const labelMissing = wantsVersion && label.trim() === '';

  const choice = (
    <ServerChoice
      servers={list}
      chosen={server}
      onChoose={setChosen}
      disabled={publish.isPending}
      editing={editing}
      onEdit={setEditing}
    />
  );
  if (editing !== undefined) return choice;
  return (
    <Stack gap="lg">
      {servers.error && <ErrorAlert title="The servers could not be listed" error={servers.error} />}
      {choice}

      {plan.isFetching && !plan.data && (
        <Text size="sm" c="dimmed" role="status">
          Comparing with the server…
        </Text>
      )}
      {ready && plan.error && (
        <ErrorAlert title="The server could not be asked what it has" error={plan.error}>
          <Button size="xs" variant="light" color="red" onClick={() => void plan.refetch()}>
            Try again
          </Button>
        </ErrorAlert>
      )}
      {ready && plan.data && (
        <PlanList
          steps={steps}
          appId={plan.data.app_id}
          progress={publish.isPending ? progress : undefined}
        />
      )}
      {blockers.length > 0 && (
        <Alert color="red" title="The server would refuse this app" role="alert">
          <Stack gap={4} align="flex-start">
            {blockers.map((found, index) => (
              <Button
                key={`${found.rule}-${index}`}
                size="compact-sm"
                variant="subtle"
                color="red"
                h="auto"
                styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
                onClick={() => {
                  goTo({
                    tab: tabOf(found.path, found.file),
                    field: found.path === '' ? undefined : found.path,
                    line: found.line,
                    column: found.column,
                  });
                  onClose();
                }}
              >
                {found.message}
              </Button>
            ))}
          </Stack>
        </Alert>
      )}

      {ready && (
        <Stack gap="xs">
          <Checkbox
            label="Request a version"
            description="Starts the review that ends in deployment."
            checked={wantsVersion}
            disabled={publish.isPending}
            onChange={(event) => setWantsVersion(event.currentTarget.checked)}
          />
          {wantsVersion && (
            <TextInput
              ml={30}
              label="Version label"
              placeholder="1.0"
              value={label}
              maw={280}
              disabled={publish.isPending}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
          )}
        </Stack>
      )}

      {publish.isPending && (
        <div role="status">
          <Text size="sm" mb={6}>
            Publishing to {server?.name}: {finished} of {sent.length} parts are there.
          </Text>
          <Progress
            value={sent.length === 0 ? 100 : (finished / sent.length) * 100}
            aria-label="Publishing"
          />
        </div>
      )}
      {publish.error && <ErrorAlert title="Publishing failed" error={publish.error} />}

      <Group justify="flex-end" gap="xs" className={classes.footer ?? ''}>
        <Button variant="default" onClick={onClose} disabled={publish.isPending}>
          Cancel
        </Button>
        <Button
          leftSection={<IconCloudUpload size={16} aria-hidden />}
          disabled={!ready || !plan.data || blockers.length > 0 || labelMissing}
          loading={publish.isPending}
          onClick={() => {
            if (server) publish.mutate(server);
          }}
        >
          {plan.data && plan.data.app_id == null ? 'Create on server' : 'Publish now'}
        </Button>
      </Group>
    </Stack>
  );
}
