import { Button } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type UIEvent } from 'react';

import type { Message } from '../../../generated/api';
import { duration, exactTime } from '../../../shared/format';
import { ACTORS, groupByStage, spoken, STAGES, type TimelineEntry } from './group';
import { MessageDetails } from './MessageDetails';
import classes from './timeline.module.css';

interface TimelineProps {
  flowRun: string;
  messages: readonly Message[];
}

/** Messages on screen at first; a trigger that polls for days has more. */
const SHOWN = 300;
/** Pixels from the end within which the list follows the newest message. */
const NEAR = 48;

/** Every message between the actors, in order. */
export function Timeline({ flowRun, messages }: TimelineProps) {
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [shown, setShown] = useState(SHOWN);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [focused, setFocused] = useState<number>();
  const hidden = Math.max(0, messages.length - shown);
  const current = Math.min(focused ?? messages.length - 1, messages.length - 1);

  useLayoutEffect(() => {
    const element = list.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [messages.length]);
  useEffect(() => {
    follows.current = true;
  }, [flowRun]);

  const scroll = (event: UIEvent<HTMLDivElement>) => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    follows.current = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  const toggle = (recorded: number) => {
    const next = new Set(open);
    if (next.delete(recorded)) setOpen(next);
    else setOpen(next.add(recorded));
    // What is being read stays where it is.
    follows.current = false;
  };
  const move = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: hidden,
      End: messages.length - 1,
    }[event.key];
    if (to === undefined || !(event.target instanceof HTMLElement) || !event.target.dataset.message) return;
    event.preventDefault();
    const index = Math.min(messages.length - 1, Math.max(hidden, to));
    setFocused(index);
    list.current?.querySelector<HTMLElement>(`[data-message="${index}"]`)?.focus();
  };
  return (
    <div
      ref={list}
      className={classes.list}
      role="list"
      aria-label="Timeline"
      onScroll={scroll}
      onKeyDown={move}
    >
      {hidden > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setShown((count) => count + SHOWN)}>
          Show {Math.min(hidden, SHOWN)} earlier messages
        </Button>
      )}
      {groupByStage(messages).map((group) => {
        const entries = group.entries.filter((entry) => entry.index >= hidden);
        if (entries.length === 0) return null;
        return (
          <div key={entries[0]?.index} role="presentation">
            <div className={classes.stage}>{STAGES[group.stage]}</div>
            {entries.map((entry) => (
              <Entry
                key={entry.recorded}
                entry={entry}
                open={open.has(entry.recorded)}
                reachable={entry.index === current}
                onFocus={() => setFocused(entry.index)}
                onToggle={() => toggle(entry.recorded)}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface EntryProps {
  entry: TimelineEntry;
  open: boolean;
  /** Tab stops here; the arrow keys reach the others. */
  reachable: boolean;
  onFocus: () => void;
  onToggle: () => void;
}

function Entry({ entry, open, reachable, onFocus, onToggle }: EntryProps) {
  const { message, index, gap } = entry;
  const { from, to, kind, failed } = message;
  const alone = from === to || kind === 'note';
  return (
    <div role="listitem" className={classes.entry} data-kind={kind} data-failed={failed || undefined}>
      <button
        type="button"
        className={classes.head}
        data-message={index}
        tabIndex={reachable ? 0 : -1}
        aria-expanded={open}
        aria-label={spoken(message)}
        onFocus={onFocus}
        onClick={onToggle}
      >
        <IconChevronRight size={13} aria-hidden className={classes.chevron} />
        <span className={classes.body}>
          <span className={classes.label}>
            {failed && <IconAlertTriangle size={13} aria-hidden color="var(--mantine-color-red-text)" />}
            {message.label}
          </span>
          <span className={classes.way}>
            <span>{ACTORS[from]}</span>
            {!alone && (
              <>
                <span className={classes.arrow} aria-hidden />
                <span>{ACTORS[to]}</span>
              </>
            )}
          </span>
        </span>
        <span className={classes.time}>
          <span title={exactTime(message.at)}>{clock(message.at)}</span>
          <span>{gap === undefined ? '' : `+${duration(gap)}`}</span>
        </span>
      </button>
      {open && (
        <div className={classes.details}>
          <MessageDetails message={message} />
        </div>
      )}
    </div>
  );
}

/** `14:30:07.123`. */
function clock(at: number): string {
  const time = new Date(at);
  const pad = (number: number, length = 2) => String(number).padStart(length, '0');
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
}
