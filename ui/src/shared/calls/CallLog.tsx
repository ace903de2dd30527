import { Text } from '@mantine/core';

import type { LogLine } from '../../generated/api';
import { duration } from '../format';
import classes from './calls.module.css';
import { FileLink } from './StackTrace';

/** What a function wrote to its console. */
export function CallLog({ lines }: { lines: readonly LogLine[] }) {
  if (lines.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was logged. What the function writes with console.log appears here.
      </Text>
    );
  }
  return (
    <ol className={classes.log} aria-label="Log" tabIndex={0}>
      {lines.map((line, index) => (
        <li key={index} className={classes.line} data-level={line.level}>
          <span className={classes.time} title="Since the call began">
            +{duration(line.at_ms)}
          </span>
          <span className={classes.level}>{line.level}</span>
          <span className={classes.message}>{line.text}</span>
          {line.file != null && <FileLink file={line.file} line={line.line} column={line.column} />}
        </li>
      ))}
    </ol>
  );
}
