import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';

import type { FormProblem, FormView } from '../../../generated/api';
import { InputField } from './InputField';
import { readInputs } from './inputs';
import { initialValues, problemsOf, sentValues, type Values } from './values';

interface FormCardProps {
  /** Names this form among all: what is typed is kept under it. */
  id: string;
  form: FormView;
  /** Who is called when it is sent: `Build`. */
  caller: string;
  /** Sends it; gives what was refused, nothing when it went in or could not be sent. */
  onSubmit: (values: Values) => Promise<FormProblem[] | undefined>;
  /** Back to the form before, when there is one. */
  onBack?: (() => void) | undefined;
}

/** What is typed in forms that are not sent yet; outlives the preview's being closed. */
const typed = new Map<string, Values>();

/** A form as the Moxo client shows it. */
export function FormCard({ id, form, caller, onSubmit, onBack }: FormCardProps) {
  const inputs = readInputs(form.inputs);
  const initial = initialValues(inputs, form.values);
  const [own, setOwn] = useState<Values>(() => typed.get(id) ?? {});
  // What was typed and still fits the form as it is now stays, also when the code was changed meanwhile.
  const values = { ...initial, ...fitting(own, inputs) };
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [sending, setSending] = useState(false);
  const root = useRef<HTMLFormElement>(null);
  const busy = sending || form.submitted;

  const change = (key: string, value: unknown) => {
    const next = { ...own, [key]: value };
    typed.set(id, next);
    setOwn(next);
    if (key in problems) {
      setProblems(Object.fromEntries(Object.entries(problems).filter(([other]) => other !== key)));
    }
  };
  const refuse = (found: Record<string, string>) => {
    setProblems(found);
    const [first] = Object.keys(found);
    if (first === undefined) return;
    root.current
      ?.querySelector<HTMLElement>(`[data-input="${CSS.escape(first)}"]`)
      ?.querySelector<HTMLElement>('input,textarea,button')
      ?.focus();
  };
  const submit = async () => {
    if (busy) return;
    const found = problemsOf(inputs, values);
    refuse(found);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    try {
      const refused = await onSubmit(sentValues(inputs, values, initial));
      if (refused) refuse(Object.fromEntries(refused.map(({ key, message }) => [key, message])));
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      ref={root}
      noValidate
      aria-label="Form"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        {form.problems.length > 0 && (
          <Alert color="orange" title="Parts of this form cannot be drawn">
            {form.problems.map((problem) => (
              <Text key={problem} size="sm" style={{ overflowWrap: 'anywhere' }}>
                {problem}
              </Text>
            ))}
          </Alert>
        )}
        {inputs.map((input, index) => (
          <InputField
            key={`${input.key}-${index}`}
            input={input}
            value={values[input.key]}
            error={problems[input.key]}
            onChange={(value) => change(input.key, value)}
          />
        ))}
        {inputs.length === 0 && (
          <Text size="sm" c="dimmed">
            The form has no inputs.
          </Text>
        )}
        <Group justify="space-between">
          {onBack ? (
            <Button variant="default" disabled={busy} onClick={onBack}>
              Back
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" loading={busy} title={busy ? `${caller} is running` : undefined}>
            {form.no_more_forms ? 'Done' : 'Next'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was typed for inputs that the form still has, and options that it still offers. */
function fitting(own: Values, inputs: ReturnType<typeof readInputs>): Values {
  const values: Values = {};
  for (const input of inputs) {
    if (!(input.key in own)) continue;
    const value = own[input.key];
    const offered = (one: unknown) => input.options.some((option) => option.value === one);
    if (input.type === 'select' && value !== '' && !offered(value)) continue;
    if (input.type === 'multi-select') {
      if (Array.isArray(value)) values[input.key] = value.filter(offered);
    } else if (input.type === 'file' || typeof value === 'string') {
      values[input.key] = value;
    }
  }
  return values;
}
