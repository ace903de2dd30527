import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { CustomInput, FormProblem } from '../../generated/api';
import { secretLooking } from './secretLooking';

interface CustomInputsProps {
  inputs: readonly CustomInput[];
  /** Why the program refused what was sent last. */
  problems: readonly FormProblem[];
  pending: boolean;
  onSubmit: (values: Record<string, string>) => void;
}

/** The form of a custom authorization. What is typed stays in this window until it is sent. */
export function CustomInputs({ inputs, problems, pending, onSubmit }: CustomInputsProps) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [asked, setAsked] = useState(false);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const missing = (input: CustomInput) => input.required && (values[input.key] ?? '').trim() === '';
  const problem = (input: CustomInput) => {
    if (asked && missing(input)) return 'Please fill this in';
    // A value that was changed since has not been judged yet.
    if (changed.has(input.key)) return undefined;
    return problems.find((one) => one.key === input.key)?.message;
  };
  return (
    <form
      noValidate
      aria-label="Authorization"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (inputs.some(missing)) return;
        setChanged(new Set());
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
              error={problem(input)}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setValues({ ...values, [input.key]: event.currentTarget.value });
                setChanged(new Set(changed).add(input.key));
              }}
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
