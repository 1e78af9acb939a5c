import { VitrineError } from '../../shared/errors';
import type { MadeImage, PreviewReport, PreviewSinkApi } from '../../shared/preview-protocol';
import type { RpcHandlers } from '../../shared/rpc';
import type { Settings } from '../../shared/settings';
import type { ChangeSignal } from '../change-signal';
import type { JobTable } from '../jobs';
import type { ReaderPool } from '../reader-pool';
import type { RootPlaces } from '../root-places';
import { RunSessions } from '../run-sessions';
import type { Writer } from '../writer';
import type { DueVideos } from './due-videos';
import type { PreviewCache } from './preview-cache';
import type { PreviewFiles } from './preview-files';
import type { PreviewRows } from './preview-rows';
import { PreviewSession, type VideoInFlight } from './preview-session';
import type { PreviewSuspects } from './preview-suspects';
import { PreviewTasks } from './preview-tasks';
import { isChoice, type PreviewIdentity } from './preview-work';

/** What the sink works with; all of it belongs to the open library. */
export interface PreviewSinkOptions {
  writer: Writer;
  readers: ReaderPool;
  places: RootPlaces;
  jobs: JobTable;
  changes: ChangeSignal;
  rows: PreviewRows;
  due: DueVideos;
  suspects: PreviewSuspects;
  cache: PreviewCache;
  files: PreviewFiles;
  settings(): Settings;
  /** Videos that are looked at: they come first. */
  onScreen(): readonly number[];
  now(): number;
}

/** How often the videos that are left are counted at most, in milliseconds: a scan may add to them. */
const COUNT_INTERVAL_MS = 2000;

type Handlers = RpcHandlers<PreviewSinkApi>;

/** Hands out what previews are to be made of, and takes them. Every write first makes sure that the run is still the job's. */
export class PreviewSink {
  readonly #options: PreviewSinkOptions;
  readonly #tasks: PreviewTasks;
  readonly #sessions: RunSessions<PreviewSession>;

  constructor(options: PreviewSinkOptions) {
    this.#options = options;
    this.#sessions = new RunSessions(options);
    this.#tasks = new PreviewTasks(options);
  }

  /** The job's run is over, however it ended. */
  forget(jobId: string): void {
    this.#sessions.forget(jobId);
  }

  /** Videos are to be tried again, by a run that was done with them too. */
  forgive(videoIds: readonly number[]): void {
    for (const session of this.#sessions.all) {
      for (const videoId of videoIds) session.forgive(videoId);
    }
  }

  readonly beginPreviews: Handlers['beginPreviews'] = async (run, { signal }) => {
    const { jobs, rows, files, places, suspects, writer } = this.#options;
    const { id: jobRow } = jobs.requireRun(run);
    const checkpoint = rows.checkpoint(jobRow);
    if (!checkpoint) throw new VitrineError('INVALID_REQUEST', `Job ${run.jobId} makes nothing.`);
    const cacheFolder = await files.prepare();
    const { startedAt } = jobs.requireRun(run);
    const rootIds = this.#rootIds();
    const session = new PreviewSession({
      ...{ jobId: run.jobId, runToken: run.runToken, jobRow, startedAt, checkpoint, rootIds },
      suspects: writer.transact(() => suspects.all()),
    });
    this.#sessions.begin(session);
    await this.#countRemaining(session, signal);
    return {
      ...session.counts,
      cacheFolder,
      roots: rootIds.map((rootId) => places.awaited(rootId)),
    };
  };

  readonly takePreviewTasks: Handlers['takePreviewTasks'] = async (
    { limit, ...run },
    { signal },
  ) => {
    const session = this.#sessions.current(run);
    const { now, places, settings } = this.#options;
    if (Math.abs(now() - session.countedAt) >= COUNT_INTERVAL_MS) {
      await this.#countRemaining(session, signal);
    }
    const arrived = session.noteRoots(this.#rootIds()).map((rootId) => places.awaited(rootId));
    const taken = await this.#sessions.writeInSlices(
      session,
      this.#tasks.take(session, limit),
      signal,
    );
    const { previewShare: share } = settings();
    return { ...taken, share, ...(arrived.length > 0 && { roots: arrived }) };
  };

  readonly writePreviews: Handlers['writePreviews'] = async ({ reports, ...run }, { signal }) => {
    const session = this.#sessions.current(run);
    await this.#sessions.writeInSlices(session, this.#writeReports(session, reports), signal);
    return session.counts;
  };

  readonly finishPreviews: Handlers['finishPreviews'] = async (run, { signal }) => {
    const session = this.#sessions.current(run);
    if (await this.#sessions.writeInSlices(session, this.#tasks.isAnyLeft(session), signal))
      return null;
    const { jobs, writer, changes, now } = this.#options;
    const result = session.result(now());
    const { made, shared, failed, skipped } = result;
    const done = made + shared + failed + skipped;
    writer.transact(() =>
      jobs.succeed(session, result, {
        ...{ phase: 'filmstrips', done, total: done, problems: failed },
        ...{ currentItem: null, quick: null },
      }),
    );
    this.forget(session.jobId);
    changes.noteNow();
    return result;
  };

  *#writeReports(
    session: PreviewSession,
    reports: readonly PreviewReport[],
  ): Generator<void, void> {
    const { rows, cache, suspects, files, now } = this.#options;
    for (const report of reports) {
      const { outcome } = report;
      const video = session.takeBack(report.videoId);
      if (video) {
        suspects.reported(report);
        this.#keep(session, report, video);
        rows.saveCheckpoint(session.jobRow, session.checkpoint(now()));
      } else if (outcome.kind === 'made') files.discard(outcome.image.token);
      yield;
    }
    yield* cache.trim();
  }

  #keep(session: PreviewSession, report: PreviewReport, video: VideoInFlight): void {
    const { rows, files, changes } = this.#options;
    const { videoId, outcome, work } = report;
    const known = rows.identity(videoId);
    // Another choice of a poster is another piece of work.
    const isWanted = !isChoice(work) || known?.posterAtUs === video.posterAtUs;
    const isCurrent =
      isWanted && known?.sizeBytes === report.sizeBytes && known.mtimeMs === report.mtimeMs;
    if (outcome.kind === 'skipped' && outcome.rootAway) session.leaveOut(video.rootId);
    if (outcome.kind === 'skipped' || !isCurrent) {
      if (outcome.kind === 'made') files.discard(outcome.image.token);
      if (isWanted) session.skip(videoId, video);
      else session.freed.push(videoId);
      return;
    }
    if (outcome.kind === 'made') this.#keepImage(report, known, outcome.image);
    else rows.fail(videoId, work, outcome.message);
    changes.note();
    const next = rows.settle(videoId);
    session.goOn(videoId, video.phase, next);
    // Without a filmstrip it still has its poster.
    if (outcome.kind === 'failed' && work.kind === 'poster') session.count(videoId, 'failed');
    else if (work.kind === 'poster' || rows.isOlder(work.token, session.jobRow)) {
      session.count(videoId, 'made');
    }
    // One of the person's choice may be left to be made.
    if (next?.kind === 'poster') session.freed.push(videoId);
  }

  #keepImage({ videoId, work }: PreviewReport, identity: PreviewIdentity, image: MadeImage): void {
    const { rows, files } = this.#options;
    if (!rows.keep(videoId, isChoice(work), identity, image)) files.discard(image.token);
  }

  /** Roots that are there. */
  #rootIds(): number[] {
    return this.#options.due.roots().map(({ rootId }) => rootId);
  }

  async #countRemaining(session: PreviewSession, signal: AbortSignal): Promise<void> {
    const { readers, cache, now } = this.#options;
    session.countedAt = now();
    const counts = await readers.call('countDuePreviews', null, { signal });
    const there = new Set(this.#rootIds());
    const ofRun = counts.filter(({ rootId }) => there.has(rootId) && !session.isAway(rootId));
    for (const phase of ['posters', 'filmstrips'] as const) {
      const due = ofRun.reduce((sum, root) => sum + root[phase], 0);
      const left = Math.max(0, due - session.skippedIn(phase));
      session.remaining[phase] = cache.hasRoom() ? left : 0;
    }
  }
}
