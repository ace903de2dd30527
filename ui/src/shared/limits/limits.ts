import { limitBounds } from '../../generated/api';
import type { AppLimits, Limits } from '../../generated/api';

/** A limit as people enter it. */
export interface Field {
  name: keyof Limits;
  label: string;
  unit: string;
  /** How many of the limit's own unit one of `unit` is. */
  scale: number;
}

const KB = 1024;
const MB = 1024 * KB;

export const FIELDS: readonly Field[] = [
  { name: 'time_ms', label: 'Time', unit: 's', scale: 1000 },
  { name: 'memory_bytes', label: 'Memory', unit: 'MB', scale: MB },
  { name: 'stack_bytes', label: 'Stack', unit: 'KB', scale: KB },
  { name: 'requests', label: 'HTTP requests at once', unit: '', scale: 1 },
  { name: 'timers', label: 'Timers at once', unit: '', scale: 1 },
  { name: 'output_bytes', label: 'Input and output', unit: 'MB', scale: MB },
  { name: 'log_bytes', label: 'Log', unit: 'MB', scale: MB },
];

/** What stands in the fields: numbers in their units, `''` where nothing is entered, other text while it is typed. */
export type Entered = Record<keyof Limits, number | string>;

/** Digits behind the point: a millisecond, about a kilobyte. */
const PLACES = 1000;

function inUnit({ scale }: Field, value: number, round: (value: number) => number = Math.round): number {
  return round((value / scale) * PLACES) / PLACES;
}

/** A limit with its unit: `30 s`. */
export function shown(field: Field, value: number): string {
  return `${inUnit(field, value)}${suffix(field)}`;
}

export function suffix({ unit }: Field): string {
  return unit === '' ? '' : ` ${unit}`;
}

/** What the fields show of these limits. */
export function entered(limits: AppLimits): Entered {
  const values = {} as Entered;
  for (const field of FIELDS) {
    const value = limits[field.name];
    values[field.name] = value === undefined ? '' : inUnit(field, value);
  }
  return values;
}

/** Why what is entered is no such limit; `undefined` = it is one. */
export function problem(field: Field, value: number | string): string | undefined {
  const { least, most } = limitBounds[field.name];
  const own = typeof value === 'number' ? Math.round(value * field.scale) : NaN;
  if (own >= least && own <= most) return undefined;
  return `From ${inUnit(field, least, Math.ceil)} to ${inUnit(field, most, Math.floor)}.`;
}

/**
 * The limits that were entered; absent where the field is empty. What a field cannot show to the last digit stays as it was
 * before, unless it was changed. Nothing may have a `problem`.
 */
export function toLimits(before: AppLimits, values: Entered): AppLimits {
  const limits: AppLimits = {};
  for (const field of FIELDS) {
    const value = values[field.name];
    if (typeof value !== 'number') continue;
    const old = before[field.name];
    limits[field.name] =
      old !== undefined && inUnit(field, old) === value ? old : Math.round(value * field.scale);
  }
  return limits;
}

/** The limits that differ, in a line: `Time 45 s, Log 2 MB`. */
export function summary(limits: AppLimits): string {
  return FIELDS.flatMap((field) => {
    const value = limits[field.name];
    return value === undefined ? [] : [`${field.label} ${shown(field, value)}`];
  }).join(', ');
}
