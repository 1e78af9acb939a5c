import type { JobProgress, JobStatus } from '../../shared/job';
import type { ClaimedJob } from '../../shared/library-protocol';
import type { Timers } from '../timers';
import { ProgressMeter } from './progress-meter';
import { type MediaPeer, runJob } from './runners';

const SAVE_INTERVAL_MS = 2_000;

/** One run of a claimed job, from its start to the moment when its row says what became of it. */
export class JobRun {
  readonly job: ClaimedJob;
  /** Set by who starts the run. */
  finished: Promise<void> = Promise.resolve();
  /** The row as of the start of this run; null until it was read. */
  base: JobStatus | null = null;
  /** How far this run is; null before its first report. */
  latest: JobProgress | null = null;
  /** What the row would say if the library could be written; null while it says the truth. */
  unrecorded: Partial<JobStatus> | null = null;
  /** The media process was ended because of another run: whatever comes of this one is not its own doing. */
  interrupted = false;
  readonly #timers: Timers;
  readonly #meter = new ProgressMeter();
  readonly #controller = new AbortController();
  readonly #startedAt: number;
  #savedAt = performance.now();
  #graceMs = 0;

  constructor(job: ClaimedJob, timers: Timers) {
    this.job = job;
    this.#timers = timers;
    this.#startedAt = timers.now();
  }

  /** How long it has gone on, in milliseconds. */
  get ranForMs(): number {
    return this.#timers.now() - this.#startedAt;
  }

  /** Whether it is to end, or ends, without having failed. */
  get givenUp(): boolean {
    return this.interrupted || this.#controller.signal.aborted;
  }

  /** @param graceMs how long the media process may take until it counts as hung */
  abort(graceMs: number): void {
    this.#graceMs = graceMs;
    this.#controller.abort();
  }

  /**
   * Has the media process do the job. When it was aborted, this rejects only when the media process has nothing to do
   * with it any more.
   * @param media waits while the process starts
   * @param onHung called when the media process does not react to an abort in time
   */
  async work(media: () => Promise<MediaPeer>, onHung: () => void): Promise<void> {
    const { signal } = this.#controller;
    const peer = await unlessAborted(signal, media());
    let timer: unknown;
    const onAbort = () => {
      timer = this.#timers.setTimeout(onHung, this.#graceMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await runJob(peer, this.job, { signal, untilAnswered: true });
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#timers.clearTimeout(timer);
    }
  }

  /** Takes the counts of this run; answers whether it is time to keep them in the row. */
  report(progress: JobProgress): { save: boolean } {
    const now = performance.now();
    this.latest = progress;
    this.#meter.report(progress, now);
    const save = now - this.#savedAt >= SAVE_INTERVAL_MS;
    if (save) this.#savedAt = now;
    return { save };
  }

  /** The row with what is known beyond it. */
  withLiveFields(row: JobStatus): JobStatus {
    if (row.state !== 'running') return row;
    return { ...row, ...this.#meter.fields(), ...this.unrecorded };
  }
}

function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
