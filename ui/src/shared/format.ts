const STEPS: readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  [3_600_000, 'minute', 60_000],
  [86_400_000, 'hour', 3_600_000],
  [7 * 86_400_000, 'day', 86_400_000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago (or ahead) `at` is, in words; the date when that is more than a week. */
export function timeAgo(at: number, now = Date.now()): string {
  const distance = at - now;
  if (Math.abs(distance) < 60_000) return distance > 0 ? 'in a moment' : 'just now';
  for (const [limit, unit, ms] of STEPS) {
    if (Math.abs(distance) < limit) return relative.format(Math.round(distance / ms), unit);
  }
  return new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** Whether a moment has gone by. */
export function isPast(at: number, now = Date.now()): boolean {
  return at < now;
}

/** A moment in full, for titles. */
export function exactTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Bytes as people read them. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} bytes`;
  if (count < 1024 * 1024) return `${Math.round(count / 102.4) / 10} KB`;
  return `${Math.round(count / 1024 / 102.4) / 10} MB`;
}
