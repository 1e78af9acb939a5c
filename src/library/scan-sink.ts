import { VitrineError } from '../shared/errors';
import type { JobProgress, ScanResult } from '../shared/job';
import type { HeaderReport, ProbeReport, ProbeTask, ScanSinkApi } from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { ChangeSignal } from './change-signal';
import type { Connection } from './connection';
import { FoundFiles } from './found-files';
import type { JobTable } from './jobs';
import { ListingEnd } from './listing-end';
import { ProbeRows } from './probe-rows';
import type { RootPlaces } from './root-places';
import type { RootTable } from './roots';
import { RunSessions } from './run-sessions';
import { ScanRows } from './scan-rows';
import { ScanSession } from './scan-session';
import type { Suspects } from './suspects';
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

type Handlers = RpcHandlers<ScanSinkApi>;

/** Takes what running scans find. Every slice of writing first makes sure that the run is still the job's. */
export class ScanSink {
  readonly #options: ScanSinkOptions;
  readonly #rows: ScanRows;
  readonly #found: FoundFiles;
  readonly #probes: ProbeRows;
  readonly #listingEnd: ListingEnd;
  readonly #sessions: RunSessions<ScanSession>;
  #readFirst: readonly number[] = [];

  constructor(options: ScanSinkOptions) {
    const { database, changes, now } = options;
    this.#options = options;
    this.#sessions = new RunSessions(options);
    this.#rows = new ScanRows(database, now);
    this.#found = new FoundFiles(this.#rows, changes);
    this.#probes = new ProbeRows(database, now);
    this.#listingEnd = new ListingEnd({
      ...options,
      sessions: () => this.#sessions.all,
      write: (session, steps, signal) => this.#sessions.writeInSlices(session, steps, signal),
      forget: (jobId) => this.forget(jobId),
    });
  }

  /** The job's run is over, however it ended. */
  forget(jobId: string): void {
    this.#sessions.forget(jobId);
  }

  readonly beginScan: Handlers['beginScan'] = ({ jobId, runToken, rootId }) => {
    const job = this.#options.jobs.requireRun({ jobId, runToken });
    if (job.rootId !== rootId) {
      throw new VitrineError('INVALID_REQUEST', `Job ${jobId} does not scan folder ${rootId}.`);
    }
    const run = { jobRow: job.id, root: this.#options.roots.require(rootId) };
    const newest = this.#rows.newestVideo();
    const suspects = this.#options.suspects.ofRoot(rootId);
    this.#sessions.begin(new ScanSession(jobId, runToken, job.startedAt, run, newest, suspects));
    const acceptMissing = this.#options.jobs.acceptsMissing(jobId);
    return { ...this.#options.places.known(rootId), acceptMissing };
  };

  readonly placeRoot: Handlers['placeRoot'] = ({ rootPath, place, ...run }) => {
    const session = this.#sessions.of(run);
    const { writer, places, roots, changes } = this.#options;
    const { rootId } = session.run.root;
    const isNews = writer.transact(() => {
      this.#sessions.current(session);
      return places.store(rootId, rootPath, place);
    });
    session.run.root = roots.require(rootId);
    if (isNews) changes.noteNow();
    return null;
  };

  readonly reconcile: Handlers['reconcile'] = async ({ folders, ...run }, { signal }) => {
    const session = this.#sessions.of(run);
    await this.#sessions.writeInSlices(session, this.#found.reconcile(session, folders), signal);
    return session.counts;
  };

  readonly compareListing: Handlers['compareListing'] = (request, { signal }) => {
    const { unreadableFolders, ...run } = request;
    return this.#listingEnd.compare(this.#sessions.of(run), unreadableFolders, signal);
  };

  readonly answerChecks: Handlers['answerChecks'] = ({ answers, ...run }, { signal }) =>
    this.#listingEnd.answer(this.#sessions.of(run), answers, signal);

  readonly finishListing: Handlers['finishListing'] = async (run, { signal }) => {
    const session = this.#sessions.of(run);
    await this.#listingEnd.settle(session, signal);
    return { ...session.counts, missing: session.missing ?? 0 };
  };

  readonly takeHeaderTasks: Handlers['takeHeaderTasks'] = ({ limit, ...run }) => {
    const session = this.#sessions.current(run);
    return session
      .takeHeaders(limit)
      .map((videoId) => this.#rows.fileTask(videoId, session.run))
      .filter((task) => task !== null);
  };

  readonly writeHeaders: Handlers['writeHeaders'] = async ({ reports, ...run }, { signal }) => {
    const session = this.#sessions.of(run);
    await this.#sessions.writeInSlices(session, this.#writeHeaderReports(session, reports), signal);
    return session.counts;
  };

  readonly takeProbeTasks: Handlers['takeProbeTasks'] = ({ limit, ...run }) => {
    const session = this.#sessions.current(run);
    const tasks: ProbeTask[] = [];
    for (const { videoId, work, alone } of session.takeWork(limit, this.#readFirst)) {
      const file = this.#rows.fileTask(videoId, session.run);
      if (file) tasks.push({ ...file, work, alone });
    }
    if (tasks.length > 0) {
      const probed = tasks.filter(({ work }) => work === 'probe').map(({ videoId }) => videoId);
      this.#options.writer.transact(() => this.#options.suspects.handOut(session.runToken, probed));
    }
    return tasks;
  };

  readonly probeAlone: Handlers['probeAlone'] = ({ videoId, ...run }) => {
    this.#sessions.current(run);
    this.#options.writer.transact(() => this.#options.suspects.probeAlone(videoId));
    return null;
  };

  /** Videos that are on screen: they are probed before others. */
  readFirst(videoIds: readonly number[]): void {
    this.#readFirst = videoIds;
  }

  /** As told by {@link readFirst}. */
  get onScreen(): readonly number[] {
    return this.#readFirst;
  }

  /** A running scan of the root that is done with these files takes them up again. */
  probeAgain(rootId: number, videoIds: readonly number[]): void {
    for (const session of this.#sessions.all) {
      if (session.run.root.rootId !== rootId) continue;
      for (const videoId of videoIds) session.probeAgain(videoId);
    }
  }

  readonly writeProbes: Handlers['writeProbes'] = async ({ reports, ...run }, { signal }) => {
    const session = this.#sessions.of(run);
    await this.#sessions.writeInSlices(session, this.#writeReports(session, reports), signal);
    return session.counts;
  };

  readonly finishScan: Handlers['finishScan'] = async (run, { signal }) => {
    const session = this.#sessions.of(run);
    if (session.missing === null) {
      throw new VitrineError('INVALID_REQUEST', 'The listing of this scan is not complete.');
    }
    if (session.hasMoreToProbe) return null;
    await this.#listingEnd.acceptLate(session, signal);
    const { missing, unconfirmed } = session;
    const { discovered, quickDone, problems } = session.counts;
    const result: ScanResult = {
      discovered,
      ...session.outcomes,
      missing,
      unconfirmedMissing: unconfirmed.length,
      unreadable: problems,
      unsettled: session.unsettled,
      elapsedMs: Math.max(0, this.#options.now() - session.startedAt),
    };
    const finished: JobProgress = {
      phase: 'finishing',
      done: discovered,
      total: discovered,
      currentItem: null,
      problems,
      quick: { discovered, done: quickDone },
    };
    this.#options.writer.transact(() => {
      this.#options.jobs.succeed(session, result, finished);
      this.#options.roots.markScanned(session.run.root.rootId);
    });
    this.forget(session.jobId);
    this.#options.changes.noteNow();
    return result;
  };

  *#writeHeaderReports(
    session: ScanSession,
    reports: readonly HeaderReport[],
  ): Generator<void, void> {
    for (const report of reports) {
      const { videoId, facts } = report;
      if (!session.hasSeen(videoId)) continue;
      if (facts && this.#probes.writeHeader(report, facts)) this.#options.changes.note();
      session.completeHeader(videoId);
      yield;
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
      this.#options.suspects.reported(report);
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
}
