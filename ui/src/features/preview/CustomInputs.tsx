import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { CustomInput } from '../../generated/api';
import { secretLooking } from './secretLooking';

interface CustomInputsProps {
  inputs: readonly CustomInput[];
  pending: boolean;
  onSubmit: (values: Record<string, string>) => void;
}

/** The form of a custom authorization. What is typed stays in this window until it is sent. */
export function CustomInputs({ inputs, pending, onSubmit }: CustomInputsProps) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [asked, setAsked] = useState(false);
  const missing = (input: CustomInput) => input.required && (values[input.key] ?? '').trim() === '';
  return (
    <form
      noValidate
      aria-label="Authorization"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (inputs.some(missing)) return;
        onSubmit(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')));
      }}
    >
      <Stack gap="sm">
        {inputs.map((input) => {
          const Field = secretLooking(input) ? PasswordInput : TextInput;
          return (
            <Field
              key={input.key}
              label={input.label === '' ? input.key : input.label}
              description={input.tip}
              required={input.required}
              value={values[input.key] ?? ''}
              error={asked && missing(input) ? 'Please fill this in' : undefined}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setValues({ ...values, [input.key]: event.currentTarget.value })}
            />
          );
        })}
        <Button type="submit" loading={pending} style={{ alignSelf: 'flex-start' }}>
          Connect
        </Button>
      </Stack>
    </form>
  );
}
