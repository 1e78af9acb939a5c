import type { ScanCounts } from '../shared/library-protocol';
import { IdSet } from './id-set';
import { ProbeQueue, type QueuedProbe } from './probe-queue';
import type { Reconciliation, SeenOutcome } from './reconcile';
import type { ScanRun } from './scan-rows';

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
  readonly #counts: Record<SeenOutcome, number> = { added: 0, changed: 0, unchanged: 0 };
  readonly #queue: ProbeQueue;
  /** Videos found gone; null until the listing is complete. */
  missing: number | null = null;

  /** @param suspects files that are to be read alone, with the deaths that each is charged with */
  constructor(
    jobId: string,
    runToken: string,
    startedAt: number,
    run: ScanRun,
    suspects: ReadonlyMap<number, number>,
  ) {
    this.jobId = jobId;
    this.runToken = runToken;
    this.startedAt = startedAt;
    this.run = run;
    this.#queue = new ProbeQueue(suspects);
  }

  get counts(): ScanCounts {
    return {
      discovered: this.#seen.size,
      done: this.#complete.size,
      problems: this.#unreadable.size,
    };
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
      this.#queue.add(videoId);
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

  /** Whether files wait to be handed out. */
  get hasMoreToProbe(): boolean {
    return !this.#queue.isEmpty;
  }

  /** The person wants a file to be read again: one that this run was done with comes to the end of its queue. */
  probeAgain(videoId: number): void {
    if (!this.#complete.delete(videoId)) return;
    this.#unreadable.delete(videoId);
    this.#queue.add(videoId);
  }

  /** The next videos to probe, each handed out once unless it is to be probed again. */
  takeForProbe(limit: number): QueuedProbe[] {
    return this.#queue.take(limit);
  }
}
