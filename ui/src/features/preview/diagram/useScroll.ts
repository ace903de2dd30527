import { useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';

/** What is drawn moves in steps of so many pixels, so that not every pixel of scrolling draws anew. */
const STEP = 200;
/** Pixels drawn above and below what is in view. */
const AHEAD = 300;
/** Pixels from the end within which the newest message is followed. */
const NEAR = 48;

interface Scroll {
  onScroll: (event: UIEvent<HTMLDivElement>) => void;
  /** The part to draw. */
  top: number;
  bottom: number;
  /** Pixels in view. */
  width: number;
  /** Stay with what is read now, whatever comes. */
  stay: () => void;
  /** Brings a part into view, as little as it takes. */
  reveal: (top: number, bottom: number, covered: number) => void;
}

/** A part that scrolls, follows its end while that is in view, and says which part of it is to be drawn. */
export function useScroll(element: RefObject<HTMLDivElement | null>, contentHeight: number): Scroll {
  const follows = useRef(true);
  const [step, setStep] = useState(0);
  // Before there is a layout: enough to show something.
  const [size, setSize] = useState({ width: 640, height: 800 });

  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = current;
      if (width === 0 || height === 0) return;
      setSize((known) => (known.width === width && known.height === height ? known : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);

  // With what came, not after it: the end never jumps.
  useLayoutEffect(() => {
    if (follows.current) element.current?.scrollTo({ top: element.current.scrollHeight });
  }, [element, contentHeight, size.height]);

  return {
    onScroll: ({ currentTarget }) => {
      const { scrollHeight, scrollTop, clientHeight } = currentTarget;
      follows.current = scrollHeight - scrollTop - clientHeight < NEAR;
      setStep(Math.floor(scrollTop / STEP));
    },
    top: Math.max(0, step * STEP - AHEAD),
    bottom: step * STEP + STEP + size.height + AHEAD,
    width: size.width,
    stay: () => {
      follows.current = false;
    },
    reveal: (top, bottom, covered) => {
      const { current } = element;
      if (!current) return;
      const room = current.clientHeight - covered;
      if (top < current.scrollTop) current.scrollTo({ top: Math.max(0, top - 8) });
      else if (bottom > current.scrollTop + room) {
        current.scrollTo({ top: Math.min(top, bottom - room + 8) });
      }
    },
  };
}
