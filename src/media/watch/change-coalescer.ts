/** When changes are reported, in milliseconds. */
export interface CoalescerTimes {
  /** A path counts as settled when nothing happened to it for so long. */
  settleMs: number;
  /** A settled change waits no longer than this for others to settle. */
  longestWaitMs: number;
  /** A file that is written to for longer is reported while it still changes, once; others need not wait for it. */
  longestWriteMs: number;
}

export const COALESCER_TIMES: CoalescerTimes = {
  settleMs: 2_000,
  longestWaitMs: 10_000,
  longestWriteMs: 60_000,
};

/** Beyond it single paths are not told apart any more, so that memory stays bounded. */
const MAX_PATHS = 10_000;
/** Stands for all that is not told apart. */
const WHOLE_TREE = '';

interface Change {
  firstAt: number;
  lastAt: number;
  /** It was reported and went on changing. */
  reported: boolean;
}

/**
 * Makes few reports of many changes: a burst is one, a file that is being written is reported when it has come to
 * rest, and one that never rests delays no other. Knows no clock: every time is given, in milliseconds.
 */
export class ChangeCoalescer {
  readonly #times: CoalescerTimes;
  readonly #changes = new Map<string, Change>();

  constructor(times: CoalescerTimes = COALESCER_TIMES) {
    this.#times = times;
  }

  /** @param path null: anything may have changed */
  note(path: string | null, now: number): void {
    const known = path !== null && (this.#changes.has(path) || this.#changes.size < MAX_PATHS);
    const key = known ? path : WHOLE_TREE;
    const change = this.#changes.get(key);
    if (change) change.lastAt = now;
    else this.#changes.set(key, { firstAt: now, lastAt: now, reported: false });
  }

  /** When {@link take} is to be asked next, as far as is known now; null when nothing changed. */
  dueAt(): number | null {
    const { settleMs, longestWaitMs, longestWriteMs } = this.#times;
    if (this.#changes.size === 0) return null;
    let first = Number.POSITIVE_INFINITY;
    let allNewSettledAt = Number.NEGATIVE_INFINITY;
    let firstReportedSettledAt = Number.POSITIVE_INFINITY;
    for (const { firstAt, lastAt, reported } of this.#changes.values()) {
      const settledAt = lastAt + settleMs;
      first = Math.min(first, settledAt + longestWaitMs);
      if (reported) {
        firstReportedSettledAt = Math.min(firstReportedSettledAt, settledAt);
      } else {
        first = Math.min(first, firstAt + longestWriteMs);
        allNewSettledAt = Math.max(allNewSettledAt, settledAt);
      }
    }
    const hasNew = allNewSettledAt !== Number.NEGATIVE_INFINITY;
    return Math.min(first, hasNew ? allNewSettledAt : firstReportedSettledAt);
  }

  /** Whether there is something to report now. What has settled is forgotten with it. */
  take(now: number): boolean {
    const { settleMs, longestWaitMs, longestWriteMs } = this.#times;
    const changes = [...this.#changes];
    const settled = changes.filter(([, { lastAt }]) => lastAt + settleMs <= now);
    const open = changes.filter(([, { lastAt, reported }]) => lastAt + settleMs > now && !reported);
    const tooLong = open.filter(([, { firstAt }]) => firstAt + longestWriteMs <= now);
    const waitedEnough =
      open.length === 0 ||
      settled.some(([, { lastAt }]) => lastAt + settleMs + longestWaitMs <= now);
    if (tooLong.length === 0 && (settled.length === 0 || !waitedEnough)) return false;
    for (const [path] of settled) this.#changes.delete(path);
    for (const [, change] of tooLong) change.reported = true;
    return true;
  }
}
