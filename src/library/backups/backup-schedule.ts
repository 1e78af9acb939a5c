import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { toErrorShape, VitrineError } from '../../shared/errors';
import { libraryFile } from '../library-files';
import { toLibraryError } from '../sqlite-errors';
import { listBackups, removeUnfinishedBackup } from './backup-file';
import type { BackupOutcome, BackupWorkerData } from './backup-worker';

const DAY_MS = 24 * 60 * 60_000;
/** A start is for the person; what can wait a minute waits. */
const FIRST_LOOK_MS = 60_000;
const LOOK_AFTER_UNCLEAN_END_MS = 5_000;
const LOOK_INTERVAL_MS = 15 * 60_000;
/** A library up to this size, about 25,000 videos, is copied and checked in less than a second when it is closed. */
const LARGEST_AT_CLOSE_BYTES = 64 * 1024 * 1024;
/** Closing waits no longer than this for a backup; an unfinished one is made after the next start. */
const PATIENCE_AT_CLOSE_MS = 1_500;
/** A thread in the middle of a long check ends only after it; it has no connection to the library by then. */
const PATIENCE_AT_END_MS = 1_000;

export interface BackupScheduleOptions {
  /** The built entry `backup-worker`. */
  workerPath: string | URL;
  /** The library's folder. */
  directory: string;
  /** Whether the library holds what no backup has, from an earlier session. */
  changed: boolean;
  /** The last session did not end in order, and the library was found intact. */
  uncleanEnd: boolean;
  /** Milliseconds since epoch. */
  now(): number;
  /** A check of a copy found damage in the library itself. */
  onDamage(error: unknown): void;
}

/** What decides whether a backup is to be made now. */
export interface BackupNeed {
  /** When the backups that exist were made. */
  madeAtMs: readonly number[];
  nowMs: number;
  changed: boolean;
  uncleanEnd: boolean;
}

/** One after an unclean end, else one a day if something changed. A backup from the future was made under a wrong clock. */
export function isBackupDue({ madeAtMs, nowMs, changed, uncleanEnd }: BackupNeed): boolean {
  if (uncleanEnd) return true;
  return changed && !madeAtMs.some((ms) => ms > nowMs - DAY_MS && ms <= nowMs);
}

/**
 * Makes the backups of an open library, on a thread of its own. One that fails is logged and tried again later: it
 * never disturbs the library.
 */
export class BackupSchedule {
  readonly #options: BackupScheduleOptions;
  #changed: boolean;
  #uncleanEnd: boolean;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #worker: Worker | null = null;
  #making: Promise<void> | null = null;

  constructor(options: BackupScheduleOptions) {
    this.#options = options;
    this.#changed = options.changed || options.uncleanEnd;
    this.#uncleanEnd = options.uncleanEnd;
    this.#lookIn(options.uncleanEnd ? LOOK_AFTER_UNCLEAN_END_MS : FIRST_LOOK_MS);
  }

  /** Something was committed. */
  noteChange(): void {
    this.#changed = true;
  }

  /** Makes a backup if one is due; waits for one that is being made. Never rejects. */
  look(): Promise<void> {
    this.#making ??= this.#makeIfDue().finally(() => {
      this.#making = null;
    });
    return this.#making;
  }

  /**
   * The last chance before the library is closed, as far as that does not keep the person waiting. Nothing may be
   * committed any more. Answers whether a backup holds everything.
   */
  async finish(): Promise<boolean> {
    this.#stopLooking();
    if (this.#making || this.#isSmall()) await atMost(PATIENCE_AT_CLOSE_MS, this.look());
    await this.stop();
    return !this.#changed;
  }

  /** Gives up a backup that is being made. */
  async stop(): Promise<void> {
    this.#stopLooking();
    await atMost(PATIENCE_AT_END_MS, this.#worker?.terminate());
  }

  async #makeIfDue(): Promise<void> {
    try {
      if (!this.#isDue()) return;
      // What is committed from now on may miss this backup.
      this.#changed = false;
      await this.#runWorker();
      this.#uncleanEnd = false;
    } catch (thrown) {
      this.#changed = true;
      this.#report(toLibraryError(thrown));
    }
  }

  #isDue(): boolean {
    const { directory, now } = this.#options;
    const madeAtMs = listBackups(directory).map((backup) => backup.madeAtMs);
    const changed = this.#changed;
    return isBackupDue({ madeAtMs, nowMs: now(), changed, uncleanEnd: this.#uncleanEnd });
  }

  #isSmall(): boolean {
    const file = statSync(libraryFile(this.#options.directory), { throwIfNoEntry: false });
    return file !== undefined && file.size <= LARGEST_AT_CLOSE_BYTES;
  }

  #report(error: unknown): void {
    const { code, message } = toErrorShape(error);
    if (code === 'CANCELLED') return;
    console.error('A backup of the library could not be made:', message);
    if (code === 'LIBRARY_CORRUPT') this.#options.onDamage(error);
  }

  #runWorker(): Promise<void> {
    const { workerPath, directory, now } = this.#options;
    const workerData: BackupWorkerData = { directory, now: now() };
    const worker = new Worker(workerPath, { workerData, name: 'backup' });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      let outcome: BackupOutcome | undefined;
      worker.on('message', (message: BackupOutcome) => {
        outcome = message;
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        this.#worker = null;
        if (outcome === null) return resolve();
        // A thread that was ended leaves its copy.
        removeUnfinishedBackup(directory);
        reject(outcome ? VitrineError.fromShape(outcome) : closing());
      });
    });
  }

  #lookIn(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#lookIn(LOOK_INTERVAL_MS);
      void this.look();
    }, milliseconds);
  }

  #stopLooking(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function closing(): VitrineError {
  return new VitrineError('CANCELLED', 'The library is being closed.');
}

/** Waits for the work, but no longer. */
async function atMost(milliseconds: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
