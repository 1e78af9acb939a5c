import type { ScanCounts } from '../shared/library-protocol';
import { IdSet } from './id-set';
import type { Reconciliation, SeenOutcome } from './reconcile';
import type { ScanRun } from './scan-rows';

/** Handed-out entries are dropped from the front of the queue in lumps of this size. */
const QUEUE_LUMP = 4096;

/**
 * What one run of a scan has seen so far, in memory: a few bits a video. It dies with the run;
 * the next run of the job sees everything again and arrives at the same counts.
 */
export class ScanSession {
  readonly run: ScanRun;
  readonly jobId: string;
  readonly runToken: string;
  readonly startedAt: number;
  readonly #seen = new IdSet();
  readonly #complete = new IdSet();
  readonly #unreadable = new IdSet();
  #unsettled = 0;
  readonly #counts: Record<SeenOutcome, number> = { added: 0, changed: 0, unchanged: 0 };
  #queue: number[] = [];
  #handedOut = 0;
  /** Videos found gone; null until the listing is complete. */
  missing: number | null = null;

  constructor(jobId: string, runToken: string, startedAt: number, run: ScanRun) {
    this.jobId = jobId;
    this.runToken = runToken;
    this.startedAt = startedAt;
    this.run = run;
  }

  get counts(): ScanCounts {
    return {
      discovered: this.#seen.size,
      done: this.#complete.size,
      problems: this.#unreadable.size,
    };
  }

  /** Files that were still being written when their turn came. */
  get unsettled(): number {
    return this.#unsettled;
  }

  get outcomes(): Readonly<Record<SeenOutcome, number>> {
    return this.#counts;
  }

  hasSeen(videoId: number): boolean {
    return this.#seen.has(videoId);
  }

  /** Notes a file of the walk; one that comes twice counts once. */
  see(videoId: number, decision: Reconciliation): void {
    if (!this.#seen.add(videoId)) return;
    this.#counts[decision.outcome] += 1;
    if (decision.probe) {
      this.#queue.push(videoId);
      return;
    }
    this.complete(videoId, decision.unreadable);
  }

  /** Nothing is left to do with the file in this run. */
  complete(videoId: number, unreadable: boolean): void {
    this.#complete.add(videoId);
    if (unreadable) this.#unreadable.add(videoId);
    else this.#unreadable.delete(videoId);
  }

  /** The file is still being written: nothing can be done with it in this run. */
  leaveUnsettled(videoId: number): void {
    this.#unsettled += 1;
    this.complete(videoId, false);
  }

  /** The next videos to probe, each handed out once in a run. */
  takeForProbe(limit: number): number[] {
    const taken = this.#queue.slice(this.#handedOut, this.#handedOut + limit);
    this.#handedOut += taken.length;
    if (this.#handedOut >= QUEUE_LUMP) {
      this.#queue = this.#queue.slice(this.#handedOut);
      this.#handedOut = 0;
    }
    return taken;
  }
}
