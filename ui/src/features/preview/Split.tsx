import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

import { Separator } from '../../shared/components/Separator';
import classes from './preview.module.css';

interface SplitProps {
  main: ReactNode;
  /** Absent = there is no run to show one of. */
  timeline?: ReactNode;
  inbox: ReactNode;
}

const MIN = 110;
/** What the client keeps above the timeline. */
const REST = 240;
/** A window lower than this has no room for both: the client gets it all until the lower part is asked for. */
const BOTH = 680;

/** How the lower part was left, at the start and in a run; kept while the program runs. */
const left: { height: number; open: { start?: boolean; run?: boolean } } = { height: 0, open: {} };

/** The client, and beside it (or below, where there is no room) the timeline and the inbox. */
export function Split({ main, timeline, inbox }: SplitProps) {
  const place = timeline === undefined ? 'start' : 'run';
  const [height, setHeight] = useState(() => left.height || Math.round(window.innerHeight * 0.34));
  const [open, setOpen] = useState(() => left.open[place] ?? (place === 'run' && window.innerHeight >= BOTH));
  const most = Math.max(MIN, window.innerHeight - REST);
  const resize = (next: number) => {
    left.height = next;
    setHeight(next);
  };
  const unfold = (next: boolean) => {
    left.open[place] = next;
    setOpen(next);
  };
  const size = Math.min(height, most);
  return (
    <div className={classes.split} data-open={open || undefined}>
      <div className={classes.main}>{main}</div>
      {open && (
        <div className={classes.grip}>
          <Separator label="Height of the timeline" size={size} min={MIN} max={most} onResize={resize} />
        </div>
      )}
      <Tabs
        key={place}
        defaultValue={place === 'start' ? 'inbox' : 'timeline'}
        className={classes.side ?? ''}
        style={{ '--side-height': `${size}px` }}
        keepMounted={false}
      >
        <Tabs.List className={classes.sideTabs ?? ''}>
          {timeline !== undefined && (
            <Tabs.Tab value="timeline" onClick={() => unfold(true)}>
              Timeline
            </Tabs.Tab>
          )}
          <Tabs.Tab value="inbox" onClick={() => unfold(true)}>
            Inbox
          </Tabs.Tab>
          <Tooltip label={open ? 'Fold away' : 'Unfold'}>
            <ActionIcon
              className={classes.fold ?? ''}
              aria-label={open ? 'Fold the timeline away' : 'Unfold the timeline'}
              aria-expanded={open}
              onClick={() => unfold(!open)}
            >
              {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronUp size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        </Tabs.List>
        {timeline !== undefined && (
          <Tabs.Panel value="timeline" className={classes.sidePanel ?? ''}>
            {timeline}
          </Tabs.Panel>
        )}
        <Tabs.Panel value="inbox" className={classes.sidePanel ?? ''}>
          {inbox}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
