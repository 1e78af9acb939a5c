/** The newest backups, whenever they were made. */
const RECENT = 3;
const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday: weeks end on Sunday. */
const WEEK_SHIFT_DAYS = 3;

interface Rule {
  /** So many periods that have backups; of each the newest is kept. */
  periods: number;
  /** Equal for times of the same period, in UTC. */
  periodOf(ms: number): number;
}

/** Daily for a week, weekly for a month, monthly for a year. */
const RULES: readonly Rule[] = [
  { periods: 7, periodOf: dayOf },
  { periods: 5, periodOf: (ms) => Math.floor((dayOf(ms) + WEEK_SHIFT_DAYS) / 7) },
  {
    periods: 12,
    periodOf: (ms) => new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth(),
  },
];

/**
 * Which backups are not needed any more. What counts are periods that have a backup, not the calendar: a library
 * that was not opened for years keeps its old ones. Those from the future, made under a wrong clock, take no part.
 */
export function backupsToThin(madeAtMs: readonly number[], nowMs: number): number[] {
  const newestFirst = madeAtMs.filter((ms) => ms <= nowMs).sort((a, b) => b - a);
  const kept = new Set(newestFirst.slice(0, RECENT));
  for (const { periods, periodOf } of RULES) {
    const seen = new Set<number>();
    for (const ms of newestFirst) {
      const period = periodOf(ms);
      if (seen.has(period)) continue;
      if (seen.size === periods) break;
      seen.add(period);
      kept.add(ms);
    }
  }
  return newestFirst.filter((ms) => !kept.has(ms));
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}
