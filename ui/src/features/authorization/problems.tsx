import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

import type { Diagnostic } from '../../generated/api';

/** What is wrong at one field: errors for its `error`, warnings for its `description`, which stands below it. */
export interface FieldProblems {
  error?: string | undefined;
  warning?: string | undefined;
}

function sentence({ message, expected }: Diagnostic): string {
  const said = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  return expected === undefined ? said : `${said} Expected: ${expected}.`;
}

/** The problems of the fields whose path is `field`, or that begin with it when `below` is set. */
export function problemsAt(problems: readonly Diagnostic[], field: string, below = false): FieldProblems {
  const here = problems.filter(({ path }) => path === field || (below && path.startsWith(field)));
  const of = (severity: Diagnostic['severity']) => {
    const found = here.filter((one) => one.severity === severity).map(sentence);
    return found.length === 0 ? undefined : found.join(' ');
  };
  return { error: of('error'), warning: of('warning') };
}

/** The input's properties that show them below it. */
export function problemProps({ error, warning }: FieldProblems) {
  return {
    error,
    ...(warning === undefined
      ? {}
      : {
          description: warning,
          descriptionProps: { c: 'var(--mantine-color-orange-text)' },
          inputWrapperOrder: ['label', 'input', 'description', 'error'] satisfies (
            'label' | 'input' | 'description' | 'error'
          )[],
        }),
  };
}

/** The same below a list. */
export function ProblemLines({ error, warning }: FieldProblems) {
  return (
    <>
      {error !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert" mt={4}>
          <IconAlertTriangle size={12} aria-hidden /> {error}
        </Text>
      )}
      {warning !== undefined && (
        <Text size="xs" c="var(--mantine-color-orange-text)" mt={4}>
          <IconAlertTriangle size={12} aria-hidden /> {warning}
        </Text>
      )}
    </>
  );
}
