import { VitrineError } from '../shared/errors';
import type { VerifyResult } from '../shared/job';
import type { RpcHandlers } from '../shared/rpc';
import type {
  VerifyCounts,
  VerifyReport,
  VerifySinkApi,
  VerifyTask,
} from '../shared/verify-protocol';
import type { ChangeSignal } from './change-signal';
import type { Connection } from './connection';
import type { JobTable, Run } from './jobs';
import type { ReaderPool } from './reader-pool';
import type { RootPlaces } from './root-places';
import { RunSessions } from './run-sessions';
import { type VerifyCheckpoint, VerifyRows } from './verify-rows';
import { MICROSECONDS } from './video-row';
import type { Writer } from './writer';

/** What the sink works with; all of it belongs to the open library. */
export interface VerifySinkOptions {
  database: Connection;
  writer: Writer;
  readers: ReaderPool;
  places: RootPlaces;
  jobs: JobTable;
  changes: ChangeSignal;
  now: () => number;
}

type Handlers = RpcHandlers<VerifySinkApi>;

/** One run of a verification: four bytes a video, and where it is among them. */
interface VerifySession extends Run {
  jobRow: number;
  startedAt: number;
  /** Ascending. */
  ids: Uint32Array;
  /** Index of the next video to hand out. */
  next: number;
  totalSeconds: number;
  checkpoint: VerifyCheckpoint;
  /** Time that earlier runs have spent. */
  elapsedBefore: number;
}

/** Takes what running verifications find. Every write first makes sure that the run is still the job's. */
export class VerifySink {
  readonly #options: VerifySinkOptions;
  readonly #rows: VerifyRows;
  readonly #sessions: RunSessions<VerifySession>;

  constructor(options: VerifySinkOptions) {
    this.#options = options;
    this.#sessions = new RunSessions(options);
    this.#rows = new VerifyRows(options.database, options.now);
  }

  /** The job's run is over, however it ended. */
  forget(jobId: string): void {
    this.#sessions.forget(jobId);
  }

  readonly beginVerify: Handlers['beginVerify'] = async (run, { signal }) => {
    const { id: jobRow } = this.#options.jobs.requireRun(run);
    const job = this.#rows.job(jobRow);
    if (!job) throw new VitrineError('INVALID_REQUEST', `Job ${run.jobId} verifies nothing.`);
    const { payload, checkpoint } = job;
    const list = await this.#options.readers.call('listVerifyTargets', payload, { signal });
    const { startedAt } = this.#options.jobs.requireRun(run);
    const session: VerifySession = {
      ...{ jobId: run.jobId, runToken: run.runToken, jobRow, startedAt, checkpoint },
      ids: list.ids,
      next: firstAfter(list.ids, checkpoint.lastId),
      totalSeconds: Math.max(list.totalUs, checkpoint.doneUs) / MICROSECONDS,
      elapsedBefore: checkpoint.elapsedMs,
    };
    this.#sessions.begin(session);
    const roots = list.rootIds.map((rootId) => this.#options.places.awaited(rootId));
    return { ...countsOf(session), totalSeconds: session.totalSeconds, roots };
  };

  readonly takeVerifyTasks: Handlers['takeVerifyTasks'] = ({ limit, ...run }) => {
    const session = this.#sessions.current(run);
    const tasks: VerifyTask[] = [];
    while (tasks.length < limit && session.next < session.ids.length) {
      const task = this.#rows.task(session.ids[session.next++] ?? 0);
      if (task) tasks.push(task);
    }
    return tasks;
  };

  readonly writeVerification: Handlers['writeVerification'] = ({ report, ...run }) => {
    const session = this.#sessions.current(run);
    // Told twice, or not handed out by this run.
    if (report.videoId <= session.checkpoint.lastId) return countsOf(session);
    // A scan may have found out meanwhile that the file is another video, which was moved there.
    const isKnown = this.#rows.isKnown(report.videoId);
    const kept: VerifyReport = isKnown ? report : { ...report, outcome: { kind: 'skipped' } };
    const checkpoint = this.#advanced(session, kept);
    this.#options.writer.transact(() => {
      this.#options.jobs.requireRun(session);
      this.#rows.write(session.jobRow, kept);
      this.#rows.saveCheckpoint(session.jobRow, checkpoint);
    });
    session.checkpoint = checkpoint;
    this.#options.changes.note();
    return countsOf(session);
  };

  readonly finishVerify: Handlers['finishVerify'] = (run) => {
    const session = this.#sessions.current(run);
    const { verified, damaged, unreadable, skipped } = session.checkpoint;
    const elapsedMs = this.#elapsed(session);
    const result: VerifyResult = { verified, damaged, unreadable, skipped, elapsedMs };
    const seconds = Math.ceil(session.totalSeconds);
    this.#options.writer.transact(() =>
      this.#options.jobs.succeed(session, result, {
        ...{ phase: 'decoding', done: seconds, total: seconds, currentItem: null, quick: null },
        problems: countsOf(session).problems,
      }),
    );
    this.forget(session.jobId);
    this.#options.changes.noteNow();
    return result;
  };

  #advanced(session: VerifySession, { videoId, outcome }: VerifyReport): VerifyCheckpoint {
    const { checkpoint } = session;
    const found = outcome.kind === 'decoded' ? outcome.findings.outcome : 'skipped';
    return {
      lastId: videoId,
      verified: checkpoint.verified + (found === 'intact' || found === 'damaged' ? 1 : 0),
      damaged: checkpoint.damaged + (found === 'damaged' ? 1 : 0),
      unreadable: checkpoint.unreadable + (found === 'unreadable' ? 1 : 0),
      skipped: checkpoint.skipped + (found === 'skipped' ? 1 : 0),
      doneUs: checkpoint.doneUs + this.#rows.durationUs(videoId),
      elapsedMs: this.#elapsed(session),
    };
  }

  #elapsed({ elapsedBefore, startedAt }: VerifySession): number {
    return elapsedBefore + Math.max(0, this.#options.now() - startedAt);
  }
}

function countsOf({ checkpoint }: VerifySession): VerifyCounts {
  const { doneUs, damaged, unreadable } = checkpoint;
  return { doneSeconds: doneUs / MICROSECONDS, problems: damaged + unreadable };
}

/** Index of the first ID above a bound. */
function firstAfter(ids: Uint32Array, bound: number): number {
  const index = ids.findIndex((id) => id > bound);
  return index < 0 ? ids.length : index;
}
