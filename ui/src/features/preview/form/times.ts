/** Parts of RFC 3339 dates and times, as the fields of a form edit them one by one. */

/** A wall-clock time with its offset from UTC. An empty part is not filled in yet. */
export interface TimeParts {
  /** `14:30:00`. */
  clock: string;
  /** `Z`, `+02:00`. */
  offset: string;
}

export interface DateTimeParts extends TimeParts {
  /** `2026-02-28`. */
  date: string;
}

const OFFSET = /(Z|[+-]\d{2}:\d{2})$/i;

/** `14:30` and `14:30:00` as `14:30:00`. */
function withSeconds(clock: string): string {
  return /^\d{2}:\d{2}$/.test(clock) ? `${clock}:00` : clock;
}

/** The parts of a full-time. */
export function splitTime(value: string): TimeParts {
  const offset = OFFSET.exec(value)?.[1] ?? '';
  return { clock: value.slice(0, value.length - offset.length), offset: offset.toUpperCase() };
}

/** A full-time; empty when there is no time. */
export function joinTime({ clock, offset }: TimeParts): string {
  return clock === '' ? '' : withSeconds(clock) + offset;
}

/** The parts of a date-time. */
export function splitDateTime(value: string): DateTimeParts {
  const [date = '', rest = ''] = value.split(/[Tt ]/, 2);
  return { date, ...splitTime(rest) };
}

/** A date-time; empty when nothing is filled in, no date-time while a part is missing. */
export function joinDateTime({ date, clock, offset }: DateTimeParts): string {
  if (date === '' && clock === '') return '';
  return clock === '' ? `${date}T` : `${date}T${withSeconds(clock)}${offset}`;
}

/** `+02:00` for minutes east of UTC. */
export function offsetOf(minutes: number): string {
  if (minutes === 0) return 'Z';
  const whole = Math.abs(minutes);
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

/** This machine's offset at a moment of local time (summer time differs from winter time); now when there is no date. */
export function localOffset(date = '', clock = ''): string {
  const at = date === '' ? new Date() : new Date(`${date}T${clock === '' ? '12:00:00' : withSeconds(clock)}`);
  return Number.isNaN(at.getTime()) ? localOffset() : offsetOf(-at.getTimezoneOffset());
}

/** Offsets that are in use somewhere, west to east, in minutes. */
const IN_USE = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210,
  240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
];

/** The offsets to choose from, `present` among them. */
export function offsetChoices(present: string, local: string): { value: string; label: string }[] {
  const values = IN_USE.map(offsetOf);
  if (present !== '' && !values.includes(present)) values.unshift(present);
  return values.map((value) => {
    const name = value === 'Z' ? 'UTC' : `UTC${value.replace('-', '−')}`;
    return { value, label: value === local ? `${name} (here)` : name };
  });
}
