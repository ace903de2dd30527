import { Badge, Button, Code, Group, Input, PasswordInput, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertCircle, IconLock } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import { notifyDone } from '../../shared/notify';
import { keys, useSecretStates } from '../../shared/queries';
import { ApiError } from '../../platform/error';

interface SecretFieldProps {
  appId: string;
  label: string;
  /** Its name in app.json. */
  name: string;
  field: string;
  /** Whether anything sends it. */
  needed?: boolean;
}

/** A secret: goes in, never comes out. Shows whether there is one; it can be set, replaced and removed. */
export function SecretField({ appId, label, name, field, needed = true }: SecretFieldProps) {
  const client = useQueryClient();
  const { data = [] } = useSecretStates(appId);
  const present = data.some((secret) => secret.name === name && secret.present);
  const [entering, setEntering] = useState(false);
  const [value, setValue] = useState('');

  const stop = () => {
    setEntering(false);
    setValue('');
  };
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.secrets(appId) });
    void client.invalidateQueries({ queryKey: keys.check(appId) });
  };
  const set = useMutation({
    mutationFn: () => commands.setSecret({ app: appId, name, value }),
    onSuccess: (states) => {
      client.setQueryData(keys.secrets(appId), states);
      stop();
      notifyDone(`${label} saved`);
    },
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => commands.removeSecret({ app: appId, name }),
    onSuccess: (states) => {
      client.setQueryData(keys.secrets(appId), states);
      notifyDone(`${label} removed`);
    },
    onSettled: refresh,
  });
  const error = set.error ?? remove.error;
  const open = entering || !present;

  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={
        present || !needed ? (
          <>
            Kept in the secret store of this machine; app.json holds only its name, <Code>{name}</Code>.
            {!needed && ' No request sends it.'}
          </>
        ) : (
          <>
            <Code>{name}</Code> is not on this machine: app.json holds only that name. Paste its value here;
            it goes into the secret store.
          </>
        )
      }
      error={error && ApiError.from(error).message}
      data-field={field}
    >
      <Group gap="xs" mt={4} wrap="nowrap">
        {open ? (
          <form
            style={{ flex: 1, display: 'flex', gap: 8, alignItems: 'center', minWidth: 0 }}
            onSubmit={(event) => {
              event.preventDefault();
              if (value !== '') set.mutate();
            }}
          >
            {!present && needed && (
              <Badge
                color="orange"
                leftSection={<IconAlertCircle size={12} aria-hidden />}
                style={{ flexShrink: 0 }}
              >
                Missing
              </Badge>
            )}
            <PasswordInput
              aria-label={`${label}, new value`}
              placeholder={present ? 'New value' : 'Paste the secret'}
              value={value}
              autoComplete="off"
              style={{ flex: 1, minWidth: 0 }}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={value === ''} loading={set.isPending}>
              Save secret
            </Button>
            {present && (
              <Button variant="subtle" color="gray" onClick={stop}>
                Cancel
              </Button>
            )}
          </form>
        ) : (
          <>
            <Badge color="teal" leftSection={<IconLock size={12} aria-hidden />}>
              Saved
            </Badge>
            <Text size="sm" c="dimmed" ff="monospace" aria-hidden style={{ flex: 1 }}>
              ••••••••••••
            </Text>
            <Button size="xs" variant="default" onClick={() => setEntering(true)}>
              Replace
            </Button>
            <Button
              size="xs"
              variant="subtle"
              color="red"
              loading={remove.isPending}
              aria-label={`Remove ${label}`}
              onClick={() => remove.mutate()}
            >
              Remove
            </Button>
          </>
        )}
      </Group>
    </Input.Wrapper>
  );
}
