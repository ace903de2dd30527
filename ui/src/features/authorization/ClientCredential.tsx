import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';

import type { SecretValue } from '../../generated/api';
import { SecretField } from './SecretField';

interface ClientCredentialProps {
  appId: string;
  /** Path in app.json of the OAuth that they belong to. */
  field: string;
  /** The identifier: its field in app.json, label and value. */
  id: { field: string; label: string; value: string; onChange: (value: string) => void };
  secret: {
    field: string;
    label: string;
    value: SecretValue;
    /** Whether a request sends it. */
    used: boolean;
    onChange: (value: SecretValue) => void;
  };
}

/** What the provider gave out for the app. */
export function ClientCredential({ appId, field, id, secret }: ClientCredentialProps) {
  const name = typeof secret.value === 'string' ? secret.field : secret.value.secret;
  return (
    <Stack gap="sm">
      <TextInput
        label={id.label}
        data-field={`${field}.${id.field}`}
        value={id.value}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={(event) => id.onChange(event.currentTarget.value)}
      />
      {typeof secret.value === 'string' && secret.value !== '' && (
        <Alert color="orange" title={`The ${secret.label.toLowerCase()} stands in app.json as plain text`}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">Save it below, so that the file holds only its name.</Text>
            <Button size="xs" variant="default" onClick={() => secret.onChange({ secret: secret.field })}>
              Take it out of app.json
            </Button>
          </Stack>
        </Alert>
      )}
      <SecretField
        appId={appId}
        label={secret.label}
        name={name}
        field={`${field}.${secret.field}`}
        needed={secret.used}
      />
    </Stack>
  );
}
