import type { FileIdentity } from '../shared/file-check';
import type { ProbeTask, ScanCounts, WalkedFile } from '../shared/library-protocol';
import { IdSet } from './id-set';
import type { LeftWork, PendingWork } from './left-work';
import type { ListingComparison } from './listing-comparison';
import { ProbeQueue } from './probe-queue';
import type { KnownVideo, SeenOutcome } from './reconcile';
import type { ScanRun } from './scan-rows';
import { WorkQueue } from './work-queue';

/** A file whose row is of another version: what becomes of it is known when the listing is complete. */
export interface HeldChange {
  folderId: number;
  file: WalkedFile;
  /** What an earlier run of the job decided. */
  earlier: KnownVideo['earlierOutcome'];
}

/** A file to be read; see `ProbeTask`. */
export type QueuedWork = Pick<ProbeTask, 'videoId' | 'work' | 'alone'>;

/** How a file that was seen is counted, and what is left to do with it. */
export interface Sighting extends LeftWork {
  outcome: SeenOutcome;
}

/**
 * What one run of a scan has seen so far, in memory: a few bits a video. It dies with the run;
 * the next run of the job sees everything again and arrives at the same counts.
 */
export class ScanSession {
  readonly run: ScanRun;
  readonly jobId: string;
  readonly runToken: string;
  readonly startedAt: number;
  /** Row ID of the youngest video before this run. */
  readonly newestBefore: number;
  readonly #seen = new IdSet();
  readonly #complete = new IdSet();
  readonly #unreadable = new IdSet();
  /** Files whose header is to be read. */
  readonly #unreadHeaders = new IdSet();
  #unsettled = 0;
  readonly #outcomes = { added: new IdSet(), changed: new IdSet(), moved: new IdSet() };
  readonly #probes: ProbeQueue;
  readonly #headers = new WorkQueue();
  readonly #identities = new WorkQueue();
  /** New rows that may be files that were moved here: they are probed when it is known that they are not. */
  readonly heldNew: number[] = [];
  readonly heldChanges = new Map<number, HeldChange>();
  /** Contents of held files, as far as they could be read. */
  readonly heldIdentities = new Map<number, FileIdentity>();
  /** Between the end of the walk and the decision on what is missing. */
  comparison: ListingComparison | null = null;
  /** Videos found gone; null until the listing is complete. */
  missing: number | null = null;
  /** Videos found gone that the person has to confirm. */
  unconfirmed: readonly number[] = [];

  /** @param suspects files that are to be read alone, with the deaths that each is charged with */
  constructor(
    jobId: string,
    runToken: string,
    startedAt: number,
    run: ScanRun,
    newestBefore: number,
    suspects: ReadonlyMap<number, number>,
  ) {
    this.jobId = jobId;
    this.runToken = runToken;
    this.startedAt = startedAt;
    this.run = run;
    this.newestBefore = newestBefore;
    this.#probes = new ProbeQueue(suspects);
  }

  get counts(): ScanCounts {
    return {
      discovered: this.#seen.size,
      quickDone: this.#seen.size - this.#unreadHeaders.size,
      done: this.#complete.size,
      problems: this.#unreadable.size,
    };
  }

  /** Files that were still being written when their turn came. */
  get unsettled(): number {
    return this.#unsettled;
  }

  get outcomes(): Readonly<Record<SeenOutcome, number>> {
    const [added, changed, moved] = [
      this.#outcomes.added.size,
      this.#outcomes.changed.size,
      this.#outcomes.moved.size,
    ];
    return { added, changed, moved, unchanged: this.#seen.size - added - changed - moved };
  }

  hasSeen(videoId: number): boolean {
    return this.#seen.has(videoId);
  }

  /** Notes a file of the walk; one that comes twice counts once. */
  see(videoId: number, { outcome, work, unreadable }: Sighting): void {
    if (!this.#seen.add(videoId)) return;
    if (outcome !== 'unchanged') this.#outcomes[outcome].add(videoId);
    if (unreadable) this.#unreadable.add(videoId);
    this.enqueue(videoId, work);
  }

  /** Notes a file that is as it was and of which everything is known. */
  seeUnchanged(videoId: number): void {
    if (this.#seen.add(videoId)) this.#complete.add(videoId);
  }

  /** Notes a new row that may be a moved file: it is not probed before that is known. */
  seeHeldNew(videoId: number, { outcome, work }: Sighting): void {
    if (!this.#seen.add(videoId)) return;
    if (outcome !== 'unchanged') this.#outcomes[outcome].add(videoId);
    if (work === 'header') this.#enqueueHeader(videoId);
    this.heldNew.push(videoId);
  }

  /** Notes a file of another version than its row. */
  seeHeldChange(videoId: number, change: HeldChange): void {
    if (!this.#seen.add(videoId)) return;
    this.#outcomes[change.earlier ?? 'changed'].add(videoId);
    this.heldChanges.set(videoId, change);
  }

  /** The row is not what was seen after all. */
  unsee(videoId: number): void {
    for (const set of [this.#seen, this.#unreadHeaders, this.#complete, this.#unreadable]) {
      set.delete(videoId);
    }
    for (const set of Object.values(this.#outcomes)) set.delete(videoId);
  }

  enqueue(videoId: number, work: PendingWork): void {
    switch (work) {
      case 'header':
        this.#enqueueHeader(videoId);
        this.#enqueueProbe(videoId);
        break;
      case 'probe':
        this.#enqueueProbe(videoId);
        break;
      case 'identify':
        this.#identities.push(videoId);
        break;
      case 'nothing':
        this.#complete.add(videoId);
        break;
    }
  }

  #enqueueHeader(videoId: number): void {
    if (this.#unreadHeaders.add(videoId)) this.#headers.push(videoId);
  }

  #enqueueProbe(videoId: number): void {
    this.#probes.add(videoId, this.#outcomes.added.has(videoId));
  }

  /** The header has been read, whether it told something or not. */
  completeHeader(videoId: number): void {
    this.#unreadHeaders.delete(videoId);
  }

  /** Nothing is left to do with the file in this run. When `unreadable` is left out, it is what it was. */
  complete(videoId: number, unreadable = this.#unreadable.has(videoId)): void {
    this.#complete.add(videoId);
    this.#unreadHeaders.delete(videoId);
    if (unreadable) this.#unreadable.add(videoId);
    else this.#unreadable.delete(videoId);
  }

  /** The file is still being written: nothing can be done with it in this run. */
  leaveUnsettled(videoId: number): void {
    this.#unsettled += 1;
    this.complete(videoId, false);
  }

  /** Whether files wait to be handed out. */
  get hasMoreToProbe(): boolean {
    return !this.#probes.isEmpty;
  }

  /** The person wants a file to be read again: one that this run was done with comes to the end of its queue. */
  probeAgain(videoId: number): void {
    if (!this.#complete.delete(videoId)) return;
    this.#unreadable.delete(videoId);
    this.#enqueueProbe(videoId);
  }

  /** The next videos whose headers are to be read, each handed out once. */
  takeHeaders(limit: number): number[] {
    return this.#headers.take(limit, (videoId) => this.#unreadHeaders.has(videoId));
  }

  /**
   * The next videos to read, each handed out once unless it is to be probed again; those that show nothing yet go
   * first.
   * @param readFirst videos that are on screen
   */
  takeWork(limit: number, readFirst: readonly number[]): QueuedWork[] {
    const isSeen = (videoId: number) => this.#seen.has(videoId);
    const probes = this.#probes.take(limit, isSeen, readFirst);
    const identities = this.#identities.take(limit - probes.length, isSeen);
    return [
      ...probes.map((probe) => ({ ...probe, work: 'probe' }) as const),
      ...identities.map((videoId) => ({ videoId, work: 'identify', alone: false }) as const),
    ];
  }
}
