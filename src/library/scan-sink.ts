import { VitrineError } from '../shared/errors';
import type { JobProgress, ScanResult } from '../shared/job';
import type {
  ProbeReport,
  ScanSinkApi,
  WalkedFile,
  WalkedFolder,
} from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { ChangeSignal } from './change-signal';
import type { Connection } from './connection';
import type { JobTable } from './jobs';
import { ProbeRows } from './probe-rows';
import { reconcile } from './reconcile';
import type { RootTable } from './roots';
import { ScanRows } from './scan-rows';
import { ScanSession } from './scan-session';
import type { Suspects } from './suspects';
import { isWithin } from './video-path';
import type { Writer } from './writer';

/** Rows looked at between two reads of the clock when videos are checked for being missing. */
const MISSING_BATCH = 200;

/** What the sink works with; all of it belongs to the open library. */
export interface ScanSinkOptions {
  database: Connection;
  writer: Writer;
  jobs: JobTable;
  roots: RootTable;
  suspects: Suspects;
  changes: ChangeSignal;
  now: () => number;
}

type Run = { jobId: string; runToken: string };
type Handlers = RpcHandlers<ScanSinkApi>;

/** Takes what running scans find. Every slice of writing first makes sure that the run is still the job's. */
export class ScanSink {
  readonly #options: ScanSinkOptions;
  readonly #rows: ScanRows;
  readonly #probes: ProbeRows;
  readonly #sessions = new Map<string, ScanSession>();

  constructor(options: ScanSinkOptions) {
    this.#options = options;
    this.#rows = new ScanRows(options.database, options.now);
    this.#probes = new ProbeRows(options.database, options.now);
  }

  /** The job's run is over, however it ended. */
  forget(jobId: string): void {
    this.#sessions.delete(jobId);
  }

  readonly beginScan: Handlers['beginScan'] = ({ jobId, runToken, rootId }) => {
    const job = this.#options.jobs.requireRun(jobId, runToken);
    if (job.rootId !== rootId) {
      throw new VitrineError('INVALID_REQUEST', `Job ${jobId} does not scan folder ${rootId}.`);
    }
    const root = this.#options.roots.require(rootId);
    const run = { jobRow: job.id, root };
    const suspects = this.#options.suspects.ofRoot(rootId);
    this.#sessions.set(jobId, new ScanSession(jobId, runToken, job.startedAt, run, suspects));
    return {
      knownVideos: this.#rows.countVideos(rootId),
      device: this.#options.roots.device(rootId),
    };
  };

  readonly reconcile: Handlers['reconcile'] = async ({ folders, ...run }, { signal }) => {
    const session = this.#session(run);
    await this.#write(session, this.#reconcileFolders(session, folders), signal);
    return session.counts;
  };

  readonly finishListing: Handlers['finishListing'] = async (request, { signal }) => {
    const session = this.#session(request);
    await this.#write(session, this.#markMissing(session, request.unreadableFolders), signal);
    const { rootId } = session.run.root;
    this.#options.writer.transact(() => {
      this.#assertCurrent(session);
      this.#options.roots.markListed(rootId, request.device);
    });
    this.#options.changes.noteNow();
    const missing = this.#rows.countMissingOfJob(session.run);
    session.missing = missing;
    return { ...session.counts, missing };
  };

  readonly takeProbeTasks: Handlers['takeProbeTasks'] = ({ limit, ...run }) => {
    const session = this.#session(run);
    this.#assertCurrent(session);
    const tasks = session
      .takeForProbe(limit)
      .map((queued) => this.#rows.probeTask(queued))
      .filter((task) => task !== null);
    if (tasks.length > 0) {
      const videoIds = tasks.map(({ videoId }) => videoId);
      this.#options.writer.transact(() =>
        this.#options.suspects.handOut(session.runToken, videoIds),
      );
    }
    return tasks;
  };

  readonly probeAlone: Handlers['probeAlone'] = ({ videoId, ...run }) => {
    this.#assertCurrent(this.#session(run));
    this.#options.writer.transact(() => this.#options.suspects.probeAlone(videoId));
    return null;
  };

  /** A running scan of the root that is done with these files takes them up again. */
  probeAgain(rootId: number, videoIds: readonly number[]): void {
    for (const session of this.#sessions.values()) {
      if (session.run.root.rootId !== rootId) continue;
      for (const videoId of videoIds) session.probeAgain(videoId);
    }
  }

  readonly writeProbes: Handlers['writeProbes'] = async ({ reports, ...run }, { signal }) => {
    const session = this.#session(run);
    await this.#write(session, this.#writeReports(session, reports), signal);
    return session.counts;
  };

  readonly finishScan: Handlers['finishScan'] = (run) => {
    const session = this.#session(run);
    const { missing } = session;
    if (missing === null) {
      throw new VitrineError('INVALID_REQUEST', 'The listing of this scan is not complete.');
    }
    if (session.hasMoreToProbe) return null;
    const { discovered, problems } = session.counts;
    const result: ScanResult = {
      discovered,
      ...session.outcomes,
      moved: 0,
      missing,
      unconfirmedMissing: 0,
      unreadable: problems,
      elapsedMs: this.#options.now() - session.startedAt,
    };
    const finished: JobProgress = {
      phase: 'finishing',
      done: discovered,
      total: discovered,
      currentItem: null,
      problems,
    };
    this.#options.writer.transact(() => {
      this.#options.jobs.saveProgress(session.jobId, session.runToken, finished);
      this.#options.jobs.succeed(session.jobId, session.runToken, result);
      this.#options.roots.markScanned(session.run.root.rootId);
    });
    this.forget(session.jobId);
    this.#options.changes.noteNow();
    return result;
  };

  *#reconcileFolders(session: ScanSession, folders: WalkedFolder[]): Generator<void, void> {
    for (const folder of folders) {
      if (folder.files.length === 0) continue;
      const folderId = this.#rows.ensureFolder(session.run, folder.path, folder.pathBytes);
      for (const file of folder.files) {
        this.#reconcileFile(session, folderId, file);
        yield;
      }
    }
  }

  #reconcileFile(session: ScanSession, folderId: number, file: WalkedFile): void {
    const found = this.#rows.find(session.run, folderId, file);
    if (found && session.hasSeen(found.id)) return;
    const decision = reconcile(file, found?.known ?? null);
    if (decision.action !== 'keep') this.#options.changes.note();
    if (!found) {
      session.see(this.#rows.insert(session.run, folderId, file), decision);
      return;
    }
    this.#rows.update(session.run, found.id, file, decision);
    session.see(found.id, decision);
  }

  *#markMissing(session: ScanSession, unreadableFolders: string[]): Generator<void, void> {
    const { run } = session;
    const { rootId } = run.root;
    const unlisted = new Set(
      this.#rows
        .folders(rootId)
        .filter(({ path }) => unreadableFolders.some((folder) => isWithin(path, folder)))
        .map(({ id }) => id),
    );
    for (const state of ['ok', 'unreadable'] as const) {
      let batch = this.#rows.presentAfter(rootId, state, 0, MISSING_BATCH);
      for (let last = batch.at(-1); last; last = batch.at(-1)) {
        for (const { id, folderId } of batch) {
          if (session.hasSeen(id) || unlisted.has(folderId)) continue;
          this.#rows.markMissing(run, id);
          this.#options.changes.note();
          yield;
        }
        yield;
        batch = this.#rows.presentAfter(rootId, state, last.id, MISSING_BATCH);
      }
    }
  }

  *#writeReports(session: ScanSession, reports: readonly ProbeReport[]): Generator<void, void> {
    for (const report of reports) {
      // A scan writes only what it found itself.
      if (!session.hasSeen(report.videoId)) continue;
      const { outcome } = report;
      if (outcome.kind === 'probed') {
        this.#probes.writeMedia(report, outcome.media, outcome.deflatedJson);
      }
      if (outcome.kind === 'unreadable') this.#probes.writeProblem(report, outcome.problem);
      if (outcome.kind !== 'gone') this.#options.changes.note();
      this.#options.suspects.reported(report);
      session.complete(report.videoId, outcome.kind === 'unreadable');
      yield;
    }
  }

  async #write(
    session: ScanSession,
    steps: Generator<void, void>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.#options.writer.runInSlices(steps, () => {
        signal.throwIfAborted();
        this.#assertCurrent(session);
      });
    } catch (thrown) {
      // Memory may be ahead of a slice that was rolled back: this run cannot go on.
      if (this.#sessions.get(session.jobId) === session) this.forget(session.jobId);
      throw thrown;
    }
  }

  #session({ jobId, runToken }: Run): ScanSession {
    const session = this.#sessions.get(jobId);
    if (session?.runToken !== runToken) {
      throw new VitrineError('STALE_RUN', `The run of job ${jobId} is over.`);
    }
    return session;
  }

  #assertCurrent(session: ScanSession): void {
    this.#session(session);
    this.#options.jobs.requireRun(session.jobId, session.runToken);
  }
}
