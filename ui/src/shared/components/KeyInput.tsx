import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

import { keyProblem } from '../keys';

interface KeyInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'error'> {
  value: string;
  /** The keys of the other rows. */
  others: readonly string[];
  onChange: (key: string) => void;
}

/**
 * A key that is checked as it is typed. One that cannot stand is refused: it stays in the field with the reason, and the
 * definition keeps the key it had.
 */
export function KeyInput({ value, others, onChange, ...input }: KeyInputProps) {
  const [typed, setTyped] = useState<string>();
  const [from, setFrom] = useState(value);
  // The key was changed elsewhere (undo, another program): what is refused here is out of date.
  if (from !== value) {
    setFrom(value);
    setTyped(undefined);
  }
  const shown = typed ?? value;
  const problem = keyProblem(shown, others);
  const kept = typed !== undefined && value !== '' ? ` Still saved as “${value}”.` : '';

  return (
    <TextInput
      {...input}
      value={shown}
      error={problem && `${problem}${kept}`}
      spellCheck={false}
      autoComplete="off"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        const key = event.currentTarget.value;
        if (keyProblem(key, others) === undefined) {
          setTyped(undefined);
          setFrom(key);
          onChange(key);
        } else {
          setTyped(key);
        }
      }}
    />
  );
}
