/** A system may lose changes without saying so: a watched root is rescanned this often all the same. */
const SAFETY_RESCAN_MS = 12 * 60 * 60_000;
/** How often it is looked whether the drive of a root is still there, or back. */
const PRESENCE_INTERVAL_MS = 30_000;
const RETURN_INTERVAL_MS = 10_000;
/** Files that were still being written are looked at again after this time, and then less and less often. */
const REREAD_MS = { first: 30_000, longest: 10 * 60_000 };

/** What is to be done for a root when its time has come. */
interface DueWork {
  check: boolean;
  rescan: boolean;
  reread: boolean;
}

/** When something is to be done for a root without anybody asking. Times are milliseconds of the given clock. */
export class RootSchedule {
  readonly #now: () => number;
  #checkAt: number | null = null;
  #rescanAt: number | null = null;
  #rescanInterval = SAFETY_RESCAN_MS;
  #rereadAt: number | null = null;
  #rereadDelay = REREAD_MS.first;
  #scannedBy: string | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** When {@link take} has something to give; null when never. */
  get dueAt(): number | null {
    const times = [this.#checkAt, this.#rescanAt, this.#rereadAt].filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** What is due, which is then planned for its next time. */
  take(): DueWork {
    const now = this.#now();
    const isDue = (time: number | null) => time !== null && time <= now;
    const due = {
      check: isDue(this.#checkAt),
      rescan: isDue(this.#rescanAt),
      reread: isDue(this.#rereadAt),
    };
    if (due.check) this.#checkAt = null;
    if (due.reread) this.#rereadAt = null;
    if (due.rescan) this.#rescanAt = now + this.#rescanInterval;
    return due;
  }

  planCheck(root: 'present' | 'offline'): void {
    const interval = root === 'offline' ? RETURN_INTERVAL_MS : PRESENCE_INTERVAL_MS;
    this.#checkAt = this.#now() + interval;
  }

  cancelCheck(): void {
    this.#checkAt = null;
  }

  /** @param minutes between rescans; null where changes are noticed as they happen */
  planRescans(minutes: number | null): void {
    this.#rescanInterval = minutes === null ? SAFETY_RESCAN_MS : minutes * 60_000;
    this.#rescanAt = this.#now() + this.#rescanInterval;
  }

  cancelRescans(): void {
    this.#rescanAt = null;
  }

  /** A scan that could not be submitted is tried again. */
  retryScan(): void {
    this.#rereadAt = this.#now() + REREAD_MS.first;
  }

  /** @param unsettled files that were still being written */
  scanned(jobId: string, unsettled: number): void {
    if (jobId === this.#scannedBy) return;
    this.#scannedBy = jobId;
    const now = this.#now();
    if (this.#rescanAt !== null) this.#rescanAt = now + this.#rescanInterval;
    this.#rereadAt = unsettled === 0 ? null : now + this.#rereadDelay;
    this.#rereadDelay =
      unsettled === 0 ? REREAD_MS.first : Math.min(this.#rereadDelay * 2, REREAD_MS.longest);
  }
}
