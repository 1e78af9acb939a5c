import { VitrineError } from '../../shared/errors';
import type { SubmitOptions } from '../../shared/library-protocol';
import type { Connection } from '../connection';
import { UserData } from '../user-data';
import { DueVideos } from './due-videos';
import { PreviewCache, type PreviewTotals } from './preview-cache';
import { PreviewFiles } from './preview-files';
import { PreviewRows } from './preview-rows';
import { PreviewSink, type PreviewSinkOptions } from './preview-sink';
import { PreviewSuspects } from './preview-suspects';
import { dropPreviewsOfRemovedRoots } from './removed-roots';

/** Looks at pictures are written together, at most this often. */
const USE_INTERVAL_MS = 30_000;
/** A start is for the person; what can wait some minutes waits. */
const SWEEP_DELAY_MS = 5 * 60_000;

/** What every job of previews works on. */
const TARGET = 'previews';

export interface PreviewsOptions
  extends Pick<
    PreviewSinkOptions,
    'writer' | 'readers' | 'places' | 'jobs' | 'changes' | 'settings' | 'onScreen' | 'now'
  > {
  database: Connection;
  /** The cache's folder. */
  folder: string;
  /** Something failed that nobody asked for. */
  onFailure(thrown: unknown): void;
}

/** The previews of an open library: the jobs that make them, the cache that keeps them, what the person says of them. */
export class Previews {
  readonly sink: PreviewSink;
  readonly #options: PreviewsOptions;
  readonly #rows: PreviewRows;
  readonly #due: DueVideos;
  readonly #suspects: PreviewSuspects;
  readonly #cache: PreviewCache;
  readonly #files: PreviewFiles;
  readonly #userData: UserData;
  readonly #background = new Set<Promise<void>>();
  readonly #sweepTimer: ReturnType<typeof setTimeout>;
  #useTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(options: PreviewsOptions) {
    const { database, folder, settings, onScreen, now } = options;
    this.#options = options;
    this.#rows = new PreviewRows(database, now);
    this.#due = new DueVideos(database);
    this.#suspects = new PreviewSuspects(database);
    const limit = () => settings().previewCacheBytes;
    this.#cache = new PreviewCache({ database, limit, onScreen, now });
    this.#files = new PreviewFiles({ database, folder, now });
    this.#userData = new UserData(database);
    this.sink = new PreviewSink({
      ...options,
      ...{ rows: this.#rows, due: this.#due, suspects: this.#suspects },
      ...{ cache: this.#cache, files: this.#files },
    });
    this.#sweepTimer = setTimeout(() => this.#inBackground(this.sweep()), SWEEP_DELAY_MS);
  }

  /** Queues the job where there is something to be made; see `submitPreviews`. Expects a transaction. */
  submit({ priority, automatic }: SubmitOptions): { jobId: string } | null {
    if (!this.#rows.hasLiveJob()) {
      if (automatic && this.#rows.isUnwanted()) return null;
      if (!this.#isAnyDue()) return null;
    }
    return this.#options.jobs.submit({
      ...{ kind: 'preview', target: TARGET, rootId: null, payload: {} },
      ...{ priority: priority ?? 'low', automatic: automatic ?? false },
    });
  }

  /** Called while the run still holds its token. @returns whether it is known of which file the process died */
  noteDeath(runToken: string): boolean {
    return this.#suspects.noteDeath(runToken);
  }

  /** As {@link noteDeath}, for all runs: this process was ended without order. */
  noteDeathOfAll(): boolean {
    return this.#suspects.noteDeathOfAll();
  }

  get totals(): PreviewTotals {
    return this.#cache.totals();
  }

  /** These pictures were shown. */
  touch(tokens: readonly string[]): void {
    if (this.#isClosed || !this.#cache.touch(tokens)) return;
    this.#useTimer = setTimeout(() => this.#writeUse(), USE_INTERVAL_MS);
  }

  /** What is kept for the videos is of no use. */
  async remake(videoIds: readonly number[]): Promise<void> {
    await this.#inSlices(this.#remake(videoIds));
    this.sink.forgive(videoIds);
  }

  /** Expects a transaction. @param us null: what Vitrine chooses @throws VIDEO_NOT_FOUND */
  setPoster(videoId: number, us: number | null): void {
    this.#assertKnown(videoId);
    this.#userData.setPoster(videoId, us, this.#options.now());
    this.#rows.dropPoster(videoId);
  }

  /** Expects a transaction. @param us null: nowhere @throws VIDEO_NOT_FOUND */
  setPosition(videoId: number, us: number | null): void {
    this.#assertKnown(videoId);
    this.#userData.setPosition(videoId, us, this.#options.now());
  }

  /** Throws away all pictures. */
  clear(): Promise<void> {
    return this.#inSlices(this.#cache.clear());
  }

  /** The limit may be lower now. */
  trim(): void {
    this.#inBackground(this.#inSlices(this.#cache.trim()));
  }

  /** A root was removed. */
  dropRemoved(): void {
    this.#inBackground(this.#inSlices(dropPreviewsOfRemovedRoots(this.#options.database)));
  }

  /** Something was committed. */
  noteCommit(): void {
    this.#files.deleteGone();
  }

  /** Brings rows and files together, and does what an earlier session may have left. */
  async sweep(): Promise<void> {
    await this.#inSlices(dropPreviewsOfRemovedRoots(this.#options.database));
    await this.#inSlices(this.#cache.trim());
    for await (const lost of this.#files.sweep()) {
      if (this.#isClosed) return;
      if (lost.length > 0) await this.#inSlices(this.#cache.drop(lost));
    }
  }

  /** Writes what was not written yet; before the writer is closed. */
  finish(): void {
    if (this.#useTimer) this.#writeUse();
  }

  /** Waits until nothing is done in the background any more; after the writer was closed. */
  async end(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#sweepTimer);
    clearTimeout(this.#useTimer);
    await this.#files.close();
    await Promise.all(this.#background);
  }

  #isAnyDue(): boolean {
    if (this.#due.among(this.#options.onScreen()).length > 0) return true;
    return this.#cache.hasRoom() && this.#due.roots().some(({ rootId }) => this.#due.isAny(rootId));
  }

  *#remake(videoIds: readonly number[]): Generator<void, void> {
    for (const videoId of videoIds) {
      this.#rows.remake(videoId);
      this.#suspects.acquit(videoId);
      yield;
    }
  }

  #assertKnown(videoId: number): void {
    if (this.#rows.identity(videoId)) return;
    throw new VitrineError(
      'VIDEO_NOT_FOUND',
      `There is no video the number ${videoId} in the library.`,
    );
  }

  #writeUse(): void {
    clearTimeout(this.#useTimer);
    this.#useTimer = undefined;
    try {
      this.#options.writer.transact(() => this.#cache.noteUse());
    } catch (thrown) {
      this.#options.onFailure(thrown);
    }
  }

  async #inSlices(steps: Generator<void, void>): Promise<void> {
    await this.#options.writer.runInSlices(steps, () => undefined);
    this.#options.changes.noteNow();
  }

  #inBackground(work: Promise<void>): void {
    const watched = work
      .catch((thrown) => this.#options.onFailure(thrown))
      .finally(() => this.#background.delete(watched));
    this.#background.add(watched);
  }
}
