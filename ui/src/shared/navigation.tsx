import { createContext, useContext, useEffect, type RefObject } from 'react';

import type { TabId } from './tabs';

/** A place in an app that a link can lead to. */
export interface Place {
  tab: TabId;
  /** Path of a field in app.json, such as `actions[1].key`; inputs carry it as `data-field`. */
  field?: string | undefined;
  /** Line in the tab's index.js, from 1. */
  line?: number | undefined;
  /** Column in `line`, from 1. */
  column?: number | undefined;
}

/** The place that was last asked for. `serial` grows with each request, also for the same place. */
export interface Arrival extends Place {
  serial: number;
}

export interface Navigation {
  /** Where the window is. */
  arrival: Arrival;
  /** Shows a tab, and puts the focus on the field or the cursor on the line. */
  goTo: (place: Place) => void;
}

const NavigationContext = createContext<Navigation | undefined>(undefined);

export const NavigationProvider = NavigationContext;

/** Ways through the app on screen. */
export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error('useNavigation needs a NavigationProvider above it');
  return navigation;
}

/** The element of the longest `data-field` that `field` starts with: the place of `a[0].b` when `a[0].b.c` is asked for. */
export function findField(root: ParentNode, field: string): HTMLElement | undefined {
  let best: HTMLElement | undefined;
  for (const element of root.querySelectorAll<HTMLElement>('[data-field]')) {
    const name = element.dataset.field ?? '';
    const fits = field === name || (field.startsWith(name) && /^[.[]/.test(field.slice(name.length)));
    if (fits && name.length > (best?.dataset.field?.length ?? -1)) best = element;
  }
  return best;
}

/** Focuses the field that a link asked for, once the tab that holds it is on screen. */
export function useArrival(root: RefObject<HTMLElement | null>): void {
  const { arrival } = useNavigation();
  useEffect(() => {
    if (arrival.field === undefined || !root.current) return;
    const element = findField(root.current, arrival.field);
    if (!element) return;
    element.scrollIntoView({ block: 'center' });
    const target = element.matches('input,textarea,button,select')
      ? element
      : (element.querySelector<HTMLElement>('input,textarea,button,select') ?? element);
    target.focus();
    element.classList.add('arrived');
    const timer = setTimeout(() => element.classList.remove('arrived'), 1_700);
    return () => {
      clearTimeout(timer);
    };
  }, [arrival, root]);
}
