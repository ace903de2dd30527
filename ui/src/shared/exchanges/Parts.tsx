import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { ExchangePart } from '../../generated/api';
import { notifyFailed } from '../notify';
import classes from './exchanges.module.css';
import { legible } from '../foreign';

interface PartsProps {
  exchange: string;
  parts: readonly ExchangePart[];
}

/** A text of an exchange. What opens doors is shown when it is asked for, one value at a time. */
export function Parts({ exchange, parts }: PartsProps) {
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          <span key={index}>{legible(part.text)}</span>
        ) : (
          <Hidden key={index} exchange={exchange} part={part} />
        ),
      )}
    </>
  );
}

interface HiddenProps {
  exchange: string;
  part: Extract<ExchangePart, { kind: 'hidden' }>;
}

function Hidden({ exchange, part }: HiddenProps) {
  // The window knows the value only while it shows it.
  const [text, setText] = useState<string>();
  const reveal = async () => {
    try {
      const answer = await commands.revealValue({ exchange, value: part.value });
      setText(answer.text);
    } catch (cause) {
      notifyFailed('The value could not be shown', cause);
    }
  };
  if (text === undefined) {
    return (
      <button
        type="button"
        className={classes.hidden}
        aria-label={`Show ${part.name}, ${part.characters} characters`}
        title={`Show ${part.name} (${part.characters} characters)`}
        onClick={() => void reveal()}
      >
        •••••• <IconEye size={13} aria-hidden />
      </button>
    );
  }
  return (
    <>
      <span className={classes.revealed}>{legible(text)}</span>{' '}
      <button
        type="button"
        className={classes.hidden}
        aria-label={`Hide ${part.name}`}
        title={`Hide ${part.name}`}
        onClick={() => setText(undefined)}
      >
        <IconEyeOff size={13} aria-hidden />
      </button>
    </>
  );
}
