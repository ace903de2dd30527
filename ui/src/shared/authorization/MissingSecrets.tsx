import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { commands } from '../../generated/api';
import { ErrorAlert } from '../components/ErrorAlert';
import { keys } from '../queries';

interface MissingSecretsProps {
  app: string;
  /** As app.json names them. */
  names: readonly string[];
  onClose: () => void;
  /** All of them are kept now. */
  onKept: () => void;
}

/** Asks for the secrets that app.json names and this machine does not have, as after the app came from another one. */
export function MissingSecrets({ app, names, onClose, onKept }: MissingSecretsProps) {
  const client = useQueryClient();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const complete = names.every((name) => (values[name] ?? '') !== '');
  const keep = useMutation({
    mutationFn: async () => {
      for (const name of names) await commands.setSecret({ app, name, value: values[name] ?? '' });
    },
    onSuccess: () => {
      setValues({});
      onKept();
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.secrets(app) });
      void client.invalidateQueries({ queryKey: keys.check(app) });
    },
  });
  return (
    <Modal opened onClose={onClose} title="A secret is missing on this machine">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) keep.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            app.json names it, and does not hold it. Enter its value; it goes into the secret store of this
            machine.
          </Text>
          {names.map((name, index) => (
            <PasswordInput
              key={name}
              label={name}
              data-autofocus={index === 0 || undefined}
              value={values[name] ?? ''}
              autoComplete="off"
              onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            />
          ))}
          {keep.error && <ErrorAlert title="It could not be kept" error={keep.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!complete} loading={keep.isPending}>
              Save and authorize
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
