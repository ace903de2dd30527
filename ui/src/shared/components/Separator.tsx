import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

import classes from './Separator.module.css';

interface SeparatorProps {
  /** What is resized, such as `Height of the timeline`. */
  label: string;
  /** Pixels of the part below. */
  size: number;
  min: number;
  max: number;
  onResize: (size: number) => void;
}

const STEP = 32;

/** The line between two parts that stand one above the other: drags, or moves with the arrow keys. */
export function Separator({ label, size, min, max, onResize }: SeparatorProps) {
  const grip = useRef<{ y: number; size: number }>(undefined);
  const resize = (wanted: number) => onResize(Math.round(Math.min(max, Math.max(min, wanted))));

  const take = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { y: event.clientY, size };
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (grip.current && event.currentTarget.hasPointerCapture(event.pointerId)) {
      resize(grip.current.size + grip.current.y - event.clientY);
    }
  };
  const nudge = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') resize(size + STEP);
    else if (event.key === 'ArrowDown') resize(size - STEP);
    else return;
    event.preventDefault();
  };

  return (
    <div
      className={classes.separator}
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={Math.min(max, Math.max(min, size))}
      tabIndex={0}
      onPointerDown={take}
      onPointerMove={drag}
      onKeyDown={nudge}
    />
  );
}
