import { ActionIcon, Badge, Button, Group, Radio, Stack, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPencil, IconPlayerPlay, IconPlayerStop, IconPlus, IconTrash } from '@tabler/icons-react';

import { commands } from '../../generated/api';
import type { ServerView } from '../../generated/api';
import { notifyFailed } from '../../shared/notify';
import { keys } from '../../shared/queries';
import classes from './ServerChoice.module.css';
import { ServerForm } from './ServerForm';

interface ServerChoiceProps {
  servers: readonly ServerView[];
  chosen: ServerView | undefined;
  onChoose: (id: string) => void;
  disabled: boolean;
  /** The server that is being changed or added instead of chosen. */
  editing: ServerView | 'new' | undefined;
  onEdit: (server: ServerView | 'new' | undefined) => void;
}

/** The servers that are remembered, the local one first; adding, changing and forgetting them. */
export function ServerChoice({ servers, chosen, onChoose, disabled, editing, onEdit }: ServerChoiceProps) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.servers });

  const toggle = useMutation({
    mutationFn: (on: boolean) => (on ? commands.startLocalServer() : commands.stopLocalServer()),
    onSuccess: (server) => onChoose(server.id),
    onError: (error, on) =>
      notifyFailed(
        on ? 'The local server could not be started' : 'The local server could not be stopped',
        error,
      ),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (server: ServerView) => commands.removeServer({ server: server.id }),
    onError: (error) => notifyFailed('The server could not be removed', error),
    onSettled: refresh,
  });

  if (editing !== undefined) {
    return (
      <ServerForm
        server={editing === 'new' ? undefined : editing}
        onCancel={() => onEdit(undefined)}
        onSaved={(server) => {
          onChoose(server.id);
          onEdit(undefined);
        }}
      />
    );
  }
  return (
    <Radio.Group label="Server" value={chosen?.id ?? null} onChange={onChoose}>
      <Stack gap={6} mt={6}>
        {servers.map((server) => (
          <div key={server.id} className={classes.server} data-chosen={server.id === chosen?.id || undefined}>
            <Radio
              value={server.id}
              disabled={disabled}
              className={classes.radio}
              label={server.name}
              description={<Address server={server} />}
              styles={{ label: { fontWeight: 500 } }}
            />
            {server.local ? (
              <Button
                size="xs"
                variant="default"
                loading={toggle.isPending}
                disabled={disabled}
                leftSection={
                  server.running ? (
                    <IconPlayerStop size={14} aria-hidden />
                  ) : (
                    <IconPlayerPlay size={14} aria-hidden />
                  )
                }
                onClick={() => toggle.mutate(!server.running)}
              >
                {server.running ? 'Stop local server' : 'Start local server'}
              </Button>
            ) : (
              <Group gap={2} wrap="nowrap">
                {!server.has_token && <Badge color="orange">No token</Badge>}
                <Tooltip label="Change">
                  <ActionIcon
                    aria-label={`Change server ${server.name}`}
                    disabled={disabled}
                    onClick={() => onEdit(server)}
                  >
                    <IconPencil size={15} aria-hidden />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label="Forget, with its token">
                  <ActionIcon
                    aria-label={`Forget server ${server.name}`}
                    disabled={disabled}
                    onClick={() => remove.mutate(server)}
                  >
                    <IconTrash size={15} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </Group>
            )}
          </div>
        ))}
        <Button
          variant="subtle"
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={disabled}
          onClick={() => onEdit('new')}
        >
          Add server
        </Button>
      </Stack>
    </Radio.Group>
  );
}

function Address({ server }: { server: ServerView }) {
  if (server.local && !server.running) return 'Runs on this machine, without an account. It is off.';
  return (
    <Text span size="xs" ff="monospace" title={server.url} style={{ overflowWrap: 'anywhere' }}>
      {server.url}
    </Text>
  );
}
