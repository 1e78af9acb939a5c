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
import { ListingComparison } from './listing-comparison';
import { ListingSettlement } from './listing-settlement';
import { MoveRows } from './move-rows';
import { ProbeRows } from './probe-rows';
import { reconcile } from './reconcile';
import type { RootPlaces } from './root-places';
import type { RootTable } from './roots';
import { ScanRows } from './scan-rows';
import { ScanSession } from './scan-session';
import type { Suspects } from './suspects';
import { UserData } from './user-data';
import type { Writer } from './writer';

/** What the sink works with; all of it belongs to the open library. */
export interface ScanSinkOptions {
  database: Connection;
  writer: Writer;
  jobs: JobTable;
  roots: RootTable;
  places: RootPlaces;
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
  readonly #moveRows: MoveRows;
  readonly #probes: ProbeRows;
  readonly #userData: UserData;
  readonly #sessions = new Map<string, ScanSession>();

  constructor(options: ScanSinkOptions) {
    const { database, now } = options;
    this.#options = options;
    this.#rows = new ScanRows(database, now);
    this.#moveRows = new MoveRows(database, now);
    this.#probes = new ProbeRows(database, now);
    this.#userData = new UserData(database);
  }

  /** The job's run is over, however it ended. */
  forget(jobId: string): void {
    this.#sessions.delete(jobId);
  }

  readonly beginScan: Handlers['beginScan'] = ({ jobId, runToken, rootId }) => {
    const job = this.#options.jobs.requireRun({ jobId, runToken });
    if (job.rootId !== rootId) {
      throw new VitrineError('INVALID_REQUEST', `Job ${jobId} does not scan folder ${rootId}.`);
    }
    const run = { jobRow: job.id, root: this.#options.roots.require(rootId) };
    const newest = this.#rows.newestVideo();
    const suspects = this.#options.suspects.ofRoot(rootId);
    this.#sessions.set(
      jobId,
      new ScanSession(jobId, runToken, job.startedAt, run, newest, suspects),
    );
    const acceptMissing = this.#options.jobs.acceptsMissing(jobId);
    return { ...this.#options.places.known(rootId), acceptMissing };
  };

  readonly placeRoot: Handlers['placeRoot'] = ({ rootPath, place, ...run }) => {
    const session = this.#session(run);
    const { writer, places, roots, changes } = this.#options;
    const { rootId } = session.run.root;
    writer.transact(() => {
      this.#assertCurrent(session);
      places.store(rootId, rootPath, place);
    });
    session.run.root = roots.require(rootId);
    changes.noteNow();
    return null;
  };

  readonly reconcile: Handlers['reconcile'] = async ({ folders, ...run }, { signal }) => {
    const session = this.#session(run);
    await this.#write(session, this.#reconcileFolders(session, folders), signal);
    return session.counts;
  };

  readonly compareListing: Handlers['compareListing'] = async (request, { signal }) => {
    const session = this.#session(request);
    const { places } = this.#options;
    const comparison = new ListingComparison({
      session,
      rows: this.#moveRows,
      placeOf: (rootId) => places.placeOf(rootId),
      listedAt: places.listedAt(session.run.root.rootId),
    });
    session.comparison = comparison;
    await this.#write(session, comparison.compare(request.unreadableFolders), signal);
    return this.#write(session, comparison.nextChecks(), signal);
  };

  readonly answerChecks: Handlers['answerChecks'] = async ({ answers, ...run }, { signal }) => {
    const session = this.#session(run);
    const comparison = comparisonOf(session);
    for (const answer of answers) comparison.note(answer);
    return this.#write(session, comparison.nextChecks(), signal);
  };

  readonly finishListing: Handlers['finishListing'] = async (run, { signal }) => {
    const session = this.#session(run);
    const comparison = comparisonOf(session);
    const { places, jobs, changes, writer } = this.#options;
    const settlement = new ListingSettlement({
      session,
      comparison,
      parts: await this.#write(session, comparison.parts(), signal),
      acceptMissing: jobs.acceptsMissing(session.jobId),
      scanRows: this.#rows,
      moveRows: this.#moveRows,
      places,
      userData: this.#userData,
      changes,
      sessions: () => this.#sessions.values(),
    });
    await this.#write(session, settlement.run(), signal);
    writer.transact(() => {
      this.#assertCurrent(session);
      places.markListed(session.run.root.rootId, session.unconfirmed.length);
    });
    session.comparison = null;
    changes.noteNow();
    return { ...session.counts, missing: this.#countMissing(session) };
  };

  readonly takeProbeTasks: Handlers['takeProbeTasks'] = ({ limit, ...run }) => {
    const session = this.#session(run);
    this.#assertCurrent(session);
    const tasks = session
      .takeWork(limit)
      .map((queued) => this.#rows.probeTask(queued, session.run))
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

  readonly finishScan: Handlers['finishScan'] = async (run, { signal }) => {
    const session = this.#session(run);
    if (session.missing === null) {
      throw new VitrineError('INVALID_REQUEST', 'The listing of this scan is not complete.');
    }
    if (session.hasMoreToProbe) return null;
    await this.#acceptLate(session, signal);
    const { missing, unconfirmed } = session;
    const { discovered, problems } = session.counts;
    const result: ScanResult = {
      discovered,
      ...session.outcomes,
      missing,
      unconfirmedMissing: unconfirmed.length,
      unreadable: problems,
      unsettled: session.unsettled,
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
      this.#options.jobs.succeed(session, result, finished);
      this.#options.roots.markScanned(session.run.root.rootId);
    });
    this.forget(session.jobId);
    this.#options.changes.noteNow();
    return result;
  };

  *#reconcileFolders(session: ScanSession, folders: WalkedFolder[]): Generator<void, void> {
    for (const folder of folders) {
      if (folder.files.length === 0) continue;
      const folderId = this.#rows.ensureFolder(session.run, folder);
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
    if (decision.action === 'hold') {
      const earlier = found?.known.earlierOutcome ?? null;
      if (found) session.seeHeldChange(found.id, { folderId, file, earlier });
      return;
    }
    if (decision.action !== 'keep') this.#options.changes.note();
    const id = found?.id ?? this.#rows.insert(session.run, folderId, file);
    if (decision.action === 'revive') this.#rows.revive(id);
    const isNew = found === null || found.isNew;
    const mayHaveMoved = isNew && this.#rows.isSizeKnown(file.sizeBytes, session.newestBefore, id);
    if (mayHaveMoved) session.seeHeldNew(id, decision.outcome);
    else session.see(id, decision);
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
      this.#options.suspects.reported(report.videoId);
      if (outcome.kind === 'identified') {
        if (report.contentHash) this.#rows.identify(report.videoId, report, report.contentHash);
        session.complete(report.videoId);
      } else {
        if (outcome.kind === 'unsettled') session.leaveUnsettled(report.videoId);
        else session.complete(report.videoId, outcome.kind === 'unreadable');
        if (outcome.kind === 'probed' || outcome.kind === 'unreadable')
          this.#options.changes.note();
      }
      yield;
    }
  }

  /** The person may have confirmed what is gone after the listing, while files were still read. */
  async #acceptLate(session: ScanSession, signal: AbortSignal): Promise<void> {
    if (session.unconfirmed.length === 0) return;
    const { jobs, places, writer } = this.#options;
    if (!jobs.acceptsMissing(session.jobId)) return;
    await this.#write(session, this.#markUnconfirmed(session), signal);
    session.unconfirmed = [];
    writer.transact(() => places.markListed(session.run.root.rootId, 0));
    this.#countMissing(session);
  }

  *#markUnconfirmed(session: ScanSession): Generator<void, void> {
    const { root, jobRow } = session.run;
    for (const videoId of session.unconfirmed) {
      const video = this.#moveRows.video(videoId);
      if (video?.rootId === root.rootId) this.#moveRows.markMissing(videoId, jobRow);
      this.#options.changes.note();
      yield;
    }
  }

  #countMissing(session: ScanSession): number {
    const { root, jobRow } = session.run;
    session.missing = this.#moveRows.countMissingOfJob(root.rootId, jobRow);
    return session.missing;
  }

  async #write<T>(
    session: ScanSession,
    steps: Generator<void, T>,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      return await this.#options.writer.runInSlices(steps, () => {
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
    this.#options.jobs.requireRun(session);
  }
}

/** @throws VitrineError when the walk is not over, or was settled */
function comparisonOf({ comparison }: ScanSession): ListingComparison {
  if (comparison) return comparison;
  throw new VitrineError('INVALID_REQUEST', 'There is no listing to be compared.');
}
