import { Button, Group, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { ServerView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { keys } from '../../shared/queries';
import { serverUrlProblem } from './serverUrl';

interface ServerFormProps {
  /** The server to change; absent = a new one. */
  server: ServerView | undefined;
  onCancel: () => void;
  onSaved: (server: ServerView) => void;
}

/** A server's name, address and access token. The token goes in and never comes out. */
export function ServerForm({ server, onCancel, onSaved }: ServerFormProps) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: server?.name ?? '', url: server?.url ?? '', token: '' },
    validate: {
      name: isNotEmpty('Give it a name you will know it by.'),
      url: serverUrlProblem,
      token: (token) =>
        token === '' && !server?.has_token ? 'Paste an access token of your developer account.' : null,
    },
  });
  const save = useMutation({
    mutationFn: ({ name, url, token }: typeof form.values) =>
      commands.saveServer({
        name: name.trim(),
        url: url.trim(),
        ...(server ? { id: server.id } : {}),
        ...(token === '' ? {} : { token }),
      }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: keys.servers });
      onSaved(saved);
    },
  });

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} aria-label="Server">
      <Stack gap="sm">
        <Title order={3}>{server ? `Change ${server.name}` : 'Add server'}</Title>
        <TextInput
          label="Server name"
          placeholder="Production"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Server URL"
          description="Origin, with the path prefix when the server has one."
          placeholder="https://example.com/integration"
          spellCheck={false}
          {...form.getInputProps('url')}
        />
        <PasswordInput
          label="Access token"
          description={
            server?.has_token
              ? 'One is kept. Leave this empty to keep it.'
              : 'Kept in the secret store of this machine.'
          }
          autoComplete="off"
          {...form.getInputProps('token')}
        />
        {save.error && <ErrorAlert title="The server could not be saved" error={save.error} />}
        <Group gap="xs">
          <Button type="submit" variant="light" loading={save.isPending}>
            Save server
          </Button>
          <Button variant="subtle" color="gray" onClick={onCancel}>
            Back to the list
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
