import { LOCALE } from './number';

/** Milliseconds since epoch as a date for columns: `12 Mar 2024` in the locale's order. */
export function formatDate(atMs: number, locale = LOCALE): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs);
}

/** Date and time of day to the minute. */
export function formatDateTime(atMs: number, locale = LOCALE): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}

/** A moment as one says it: the time for today, `Yesterday` with the time, the date before that. */
export function formatMoment(atMs: number, nowMs: number, locale = LOCALE): string {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(atMs);
  const days = wholeDays(nowMs) - wholeDays(atMs);
  if (days === 0) return `Today, ${time}`;
  if (days === 1) return `Yesterday, ${time}`;
  return `${formatDate(atMs, locale)}, ${time}`;
}

/** Number of the local calendar day, so that yesterday evening is yesterday this morning. */
function wholeDays(atMs: number): number {
  const date = new Date(atMs);
  return Math.round(
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * 60 * 60 * 1000),
  );
}
