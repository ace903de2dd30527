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

/** Milliseconds as people read them. */
export function duration(ms: number): string {
  if (ms < 1) return `${Math.round(ms * 100) / 100} ms`;
  if (ms < 1_000) return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(ms / 3_600_000)} h ${Math.round((ms % 3_600_000) / 60_000)} min`;
}

/** Time that is left, as a clock shows it: `4:59`, `1:00:00`; days in words. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (count: number) => String(count).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${Math.floor(hours / 24)} days`;
}
