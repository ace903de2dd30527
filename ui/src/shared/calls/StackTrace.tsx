import { Anchor } from '@mantine/core';

import { useNavigation } from '../navigation';
import classes from './calls.module.css';
import { parseStack, placeOf } from './stack';

/** A stack, in which each frame of the app's own functions leads to its line. */
export function StackTrace({ stack }: { stack: string }) {
  const { goTo } = useNavigation();
  return (
    <pre className={classes.stack} tabIndex={0} aria-label="Stack">
      {parseStack(stack).map(({ before, where, after, place }, index) => (
        <span key={index}>
          {index > 0 && '\n'}
          {before}
          {place ? (
            <Anchor component="button" type="button" ff="inherit" fz="inherit" onClick={() => goTo(place)}>
              {where}
            </Anchor>
          ) : (
            where
          )}
          {after}
        </span>
      ))}
    </pre>
  );
}

interface FileLinkProps {
  file: string;
  line?: number | undefined;
  column?: number | undefined;
}

/** `functions/build/index.js:3:5`, as a link where the window can edit it. */
export function FileLink({ file, line, column }: FileLinkProps) {
  const { goTo } = useNavigation();
  const place = placeOf(file, line, column);
  const text = [file, line, column].filter((part) => part != null).join(':');
  if (!place) return <span>{text}</span>;
  return (
    <Anchor component="button" type="button" ff="monospace" fz={12} onClick={() => goTo(place)}>
      {text}
    </Anchor>
  );
}
