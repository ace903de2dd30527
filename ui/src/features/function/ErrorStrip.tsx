import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconX } from '@tabler/icons-react';
import { useState } from 'react';

import type { CallView } from '../../generated/api';
import { FileLink, StackTrace } from '../../shared/calls/StackTrace';
import { timeAgo } from '../../shared/format';
import classes from './FunctionEditor.module.css';

interface ErrorStripProps {
  call: CallView;
  onDismiss: () => void;
  /** Shows everything about the call. */
  onDetails: () => void;
}

/** What the latest call did wrong, above the code that did it. */
export function ErrorStrip({ call, onDismiss, onDetails }: ErrorStripProps) {
  const [open, setOpen] = useState(false);
  const { outcome } = call.report;
  const failure = outcome.kind === 'failed' ? outcome.failure : undefined;
  const errors = call.diagnostics.filter((found) => found.severity === 'error');
  const [first] = errors;
  const text =
    failure?.message ??
    (first && `The return value does not fit the contract: ${first.message}${more(errors.length)}`);
  if (text === undefined) return null;
  const Icon = failure ? IconCircleX : IconAlertTriangle;
  return (
    <section
      className={classes.strip}
      data-severity={failure ? 'error' : 'warning'}
      aria-label="Latest error of this function"
      role="alert"
    >
      <div className={classes.stripHead}>
        <Icon size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
        <div className={classes.stripText}>
          {text}{' '}
          {failure?.file != null && (
            <FileLink file={failure.file} line={failure.line} column={failure.column} />
          )}{' '}
          <span style={{ opacity: 0.7 }}>{timeAgo(call.started_at)}</span>
        </div>
        {failure && failure.stack !== '' && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-expanded={open}
            onClick={() => setOpen((shown) => !shown)}
          >
            {open ? 'Hide stack' : 'Stack'}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onDetails}>
          Details
        </Button>
        <Tooltip label="Dismiss">
          <ActionIcon size="sm" aria-label="Dismiss the error" onClick={onDismiss}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {open && failure && (
        <div style={{ marginTop: 6 }}>
          <StackTrace stack={failure.stack} />
        </div>
      )}
    </section>
  );
}

function more(count: number): string {
  return count > 1 ? ` (and ${count - 1} more)` : '';
}
