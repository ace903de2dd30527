import { ActionIcon, Title, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconLayoutSidebarRight, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

import classes from './AppFrame.module.css';

export type PreviewMode = 'closed' | 'side' | 'full';

interface PreviewDockProps {
  mode: PreviewMode;
  onMode: (mode: PreviewMode) => void;
  children: ReactNode;
}

const MIN = 320;
/** What the tabs keep beside the preview. */
const REST = 380;
const STEP = 32;

/** The place of the preview: at the right with a width that can be changed, or over everything below the header. */
export function PreviewDock({ mode, onMode, children }: PreviewDockProps) {
  const [width, setWidth] = useState(() => Math.round(window.innerWidth * 0.4));
  if (mode === 'closed') return null;

  const most = Math.max(MIN, window.innerWidth - REST);
  const resize = (wanted: number) => setWidth(Math.min(most, Math.max(MIN, wanted)));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  const nudge = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') resize(width + STEP);
    else if (event.key === 'ArrowRight') resize(width - STEP);
    else return;
    event.preventDefault();
  };

  return (
    <aside
      className={classes.dock}
      data-mode={mode}
      style={{ width: Math.min(width, most) }}
      aria-labelledby="preview-title"
    >
      {mode === 'side' && (
        <div
          className={classes.separator}
          role="separator"
          aria-orientation="vertical"
          aria-label="Width of the preview"
          aria-valuemin={MIN}
          aria-valuemax={most}
          aria-valuenow={Math.min(width, most)}
          tabIndex={0}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
          onKeyDown={nudge}
        />
      )}
      <div className={classes.dockHead}>
        <Title order={2} id="preview-title" fz="sm" style={{ flex: 1 }}>
          Preview
        </Title>
        <Tooltip label={mode === 'full' ? 'Beside the tabs' : 'Full view'} position="bottom">
          <ActionIcon
            aria-label={
              mode === 'full' ? 'Show the preview beside the tabs' : 'Show the preview in full view'
            }
            onClick={() => onMode(mode === 'full' ? 'side' : 'full')}
          >
            {mode === 'full' ? (
              <IconLayoutSidebarRight size={16} aria-hidden />
            ) : (
              <IconArrowsMaximize size={16} aria-hidden />
            )}
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close" position="bottom">
          <ActionIcon aria-label="Close the preview" onClick={() => onMode('closed')}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.dockBody}>{children}</div>
    </aside>
  );
}
