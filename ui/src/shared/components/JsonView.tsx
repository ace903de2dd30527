import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAlignLeft, IconChevronRight, IconListTree } from '@tabler/icons-react';
import { useState, type CSSProperties } from 'react';

import { pretty } from '../json';
import { CopyAction } from './CopyAction';
import classes from './JsonView.module.css';
import { legible, legibleJson } from '../foreign';

interface JsonViewProps {
  value: unknown;
  /** What it is, for names: `payload`. */
  label: string;
  /** Pixels before it scrolls. */
  maxHeight?: number;
}

/** How many levels stand open at first. */
const OPEN = 3;
/** Entries of one object or list shown at once. */
const SHOWN = 100;

/** A JSON value as a tree that can be folded, or as text. */
export function JsonView({ value, label, maxHeight = 320 }: JsonViewProps) {
  const [asText, setAsText] = useState(false);
  const isTree = typeof value === 'object' && value !== null;
  const text = typeof value === 'string' ? value : pretty(value);
  const other = asText ? 'tree' : 'text';
  return (
    <div className={classes.box} style={{ '--json-height': `${maxHeight}px` } as CSSProperties}>
      {/* Focusable: what scrolls can be scrolled with the keyboard. */}
      <div className={classes.content} tabIndex={0} role="group" aria-label={label}>
        {isTree && !asText ? (
          <Node value={value} depth={0} />
        ) : (
          <pre className={classes.text}>{legibleJson(text)}</pre>
        )}
      </div>
      <div className={classes.tools}>
        {isTree && (
          <Tooltip label={`Show as ${other}`}>
            <ActionIcon
              size="sm"
              aria-label={`Show ${label} as ${other}`}
              onClick={() => setAsText((shown) => !shown)}
            >
              {asText ? <IconListTree size={14} aria-hidden /> : <IconAlignLeft size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
        <CopyAction value={text} what={label} />
      </div>
    </div>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const [open, setOpen] = useState(depth < OPEN);
  const [shown, setShown] = useState(SHOWN);
  const key = name === undefined ? null : <span className={classes.key}>{legible(name)}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <>
        {key}
        <Leaf value={value} />
      </>
    );
  }
  const isList = Array.isArray(value);
  const entries: [string, unknown][] = Object.entries(value);
  const summary = isList ? `[${entries.length}]` : entries.length === 0 ? '{}' : `{${entries.length}}`;
  if (entries.length === 0) {
    return (
      <>
        {key}
        <span className={classes.dim}>{isList ? '[]' : '{}'}</span>
      </>
    );
  }
  return (
    <>
      <button
        type="button"
        className={classes.toggle}
        style={depth === 0 ? { marginLeft: 0 } : undefined}
        aria-expanded={open}
        onClick={() => setOpen((now) => !now)}
      >
        <IconChevronRight aria-hidden />
        <span>
          {key}
          <span className={classes.dim}>{summary}</span>
        </span>
      </button>
      {open && (
        <ul className={classes.children}>
          {entries.slice(0, shown).map(([entry, child]) => (
            <li key={entry} className={classes.entry}>
              <Node name={entry} value={child} depth={depth + 1} />
            </li>
          ))}
          {entries.length > shown && (
            <li>
              <button
                type="button"
                className={classes.toggle}
                onClick={() => setShown((now) => now + SHOWN * 10)}
              >
                … {entries.length - shown} more
              </button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function Leaf({ value }: { value: unknown }) {
  if (typeof value === 'string')
    return <span className={classes.string}>{legibleJson(JSON.stringify(value))}</span>;
  if (typeof value === 'number') return <span className={classes.number}>{value}</span>;
  return <span className={classes.word}>{String(value)}</span>;
}
