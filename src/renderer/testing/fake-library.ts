import type { EventName, EventPayload, Request, Response } from '../../shared/contract';
import { type ErrorShape, VitrineError } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import type { Backup, Root } from '../../shared/library';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../shared/settings';
import type { FakeOptions } from './fake-bridge';
import { FakeJobs } from './fake-jobs';
import { FakePlaybacks } from './fake-playbacks';
import { type FakeRoot, FakeRoots } from './fake-roots';
import { FakeSavedFilters } from './fake-saved-filters';
import { FAKE_NOW_MS, fakeVideo } from './fake-video';
import { FakeVideos } from './fake-videos';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Seconds of video in a verification of the made-up library. */
const VERIFIED_SECONDS = 3723;

/** A library in memory behind the fake bridge. */
export class FakeLibrary {
  readonly jobs: FakeJobs;
  readonly videos = new FakeVideos(() => this.emit('library.onChange', {}));
  readonly savedFilters = new FakeSavedFilters((filters) =>
    this.emit('savedFilters.onChange', { filters }),
  );
  readonly playbacks = new FakePlaybacks((id) => this.videos.detail(id));
  readonly backups: Backup[];
  settings: Settings;
  readonly #options: FakeOptions;
  readonly #roots = new FakeRoots();
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  #failure: ErrorShape | undefined;

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#failure = options.failure;
    this.jobs = new FakeJobs(options.history ?? [], (job) => this.emit('jobs.onUpdate', job));
    this.backups = Array.from({ length: options.backups ?? 0 }, (_, index) => fakeBackup(index));
    this.settings = { ...DEFAULT_SETTINGS, extraExtensions: [...(options.extensions ?? [])] };
    for (const path of options.roots ?? []) this.#roots.add(path);
    const [first] = this.#roots.all;
    if (first) first.unconfirmedMissing = options.unconfirmedMissing ?? 0;
    const ids = Array.from({ length: options.videos ?? 0 }, (_, index) => index + 1);
    this.videos.set(
      ids.flatMap((id) => {
        const root = this.#roots.all[id % this.#roots.all.length];
        return root ? [fakeVideo(id, root)] : [];
      }),
    );
    this.videos.dropPreviews(options.withoutPreviews ?? 0);
  }

  listen(name: EventName, listener: (payload: never) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  emit<E extends EventName>(name: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  status(): Response<'library.status'> {
    if (this.#options.opening) return { state: 'opening' };
    return this.#failure ? { state: 'failed', error: this.#failure } : { state: 'open' };
  }

  summary(): Response<'library.summary'> {
    const count = (scope: 'all' | 'recent' | 'missing') =>
      this.videos.rows({ scope: { type: scope }, search: '', sort: 'added', descending: false })
        .length;
    return {
      libraryPath: '/home/anna/.config/Vitrine/Library',
      counts: {
        all: count('all'),
        recent: count('recent'),
        problems: this.videos.withProblems().length,
        missing: count('missing'),
      },
      roots: this.#roots.all.map((root) => this.#describeRoot(root)),
    };
  }

  retryProblems(request: Request<'problems.retry'>): Response<'problems.retry'> {
    const wanted = this.videos.selected(request);
    this.videos.readAgain(wanted);
    const rootIds = new Set(wanted.map(({ rootId }) => rootId));
    return { jobIds: [...rootIds].map((rootId) => this.startScan({ rootId }).jobId) };
  }

  startScan(request: Request<'scan.start'>): { jobId: string } {
    const root = 'path' in request ? this.#roots.at(request.path) : this.#roots.get(request.rootId);
    if ('acceptMissing' in request && request.acceptMissing) root.unconfirmedMissing = 0;
    const { jobId } = this.jobs.submit('scan', root.path, root.rootId);
    this.emit('library.onChange', {});
    return { jobId };
  }

  startVerify(request: Request<'verify.start'>): { jobId: string } {
    if ('videoIds' in request) {
      const [id = 0] = request.videoIds;
      const { jobId } = this.jobs.submit('verify', this.videos.detail(id).path, null);
      return { jobId };
    }
    const root = this.#roots.get(request.rootId);
    return { jobId: this.jobs.submit('verify', root.path, root.rootId).jobId };
  }

  changeSettings(change: SettingsChange): Settings {
    this.settings = structuredClone({ ...this.settings, ...change });
    this.emit('settings.onChange', this.settings);
    return this.settings;
  }

  restore(backupId: string): Record<string, never> {
    if (!this.backups.some((backup) => backup.backupId === backupId)) {
      throw new VitrineError('LIBRARY_NOT_FOUND', `There is no backup ${backupId}.`);
    }
    this.#failure = undefined;
    this.emit('library.onStatus', {});
    return {};
  }

  watchStatus(): Response<'watch.status'> {
    return { folders: this.#roots.all.map(({ rootId, watch }) => ({ rootId, ...watch })) };
  }

  removeRoot(rootId: number): Record<string, never> {
    this.#roots.remove(rootId);
    this.videos.set(this.videos.all.filter((video) => video.rootId !== rootId));
    return {};
  }

  /** Every queued and running job gets on by this much; one that reaches its end has succeeded. */
  advance(amount: number): void {
    this.videos.makePreviews(amount);
    for (const job of this.jobs.all) {
      if (job.state !== 'queued' && job.state !== 'running') continue;
      if (job.kind === 'verify') this.#advanceVerify(job, amount);
      else this.#advanceScan(job, amount);
    }
  }

  #advanceScan(job: JobStatus, files: number): void {
    const root = this.#roots.all.find(({ rootId }) => rootId === job.rootId);
    if (!root) return;
    const total = job.total ?? this.#options.found ?? 500;
    const count = Math.min(files, total - job.done);
    const firstId = Math.max(0, ...this.videos.all.slice(-1).map(({ id }) => id)) + 1;
    const added = Array.from({ length: count }, (_, offset) => fakeVideo(firstId + offset, root));
    this.videos.set([...this.videos.all, ...added]);
    this.#progress(job, count, total, {
      phase: 'probing',
      currentItem: added.at(-1)?.path ?? null,
      ratePerSecond: files * 4,
      problems: job.problems + added.filter(({ state }) => state === 'unreadable').length,
    });
    if (job.done === total) this.#finishScan(job, total);
  }

  #finishScan(job: JobStatus, total: number): void {
    this.videos.scanned(job.rootId);
    this.#finish(job, {
      discovered: total,
      added: total,
      changed: 0,
      unchanged: 0,
      moved: 0,
      missing: 0,
      unconfirmedMissing: 0,
      unreadable: job.problems,
      unsettled: 0,
      elapsedMs: Date.now() - (job.startedAt ?? 0),
    });
  }

  #advanceVerify(job: JobStatus, seconds: number): void {
    const total = job.total ?? VERIFIED_SECONDS;
    const count = Math.min(seconds, total - job.done);
    this.#progress(job, count, total, { phase: 'decoding', ratePerSecond: seconds * 4 });
    if (job.done < total) return;
    const videos = this.videos.all.filter(
      ({ path, rootId }) => path === job.target || rootId === job.rootId,
    );
    const damaged = this.videos.verified(videos);
    const counts = { verified: videos.length, damaged, unreadable: 0, skipped: 0 };
    this.#finish(job, { ...counts, elapsedMs: Date.now() - (job.startedAt ?? 0) });
  }

  #progress(job: JobStatus, more: number, total: number, change: Partial<JobStatus>): void {
    const done = job.done + more;
    this.jobs.update(job, {
      ...change,
      state: 'running',
      startedAt: job.startedAt ?? Date.now(),
      attempt: Math.max(1, job.attempt),
      done,
      total,
      progress: done / total,
      etaSeconds: (total - done) / (change.ratePerSecond ?? 1),
    });
  }

  #finish(job: JobStatus, result: JobStatus['result']): void {
    const finished = { state: 'succeeded', currentItem: null, etaSeconds: null } as const;
    this.jobs.update(job, { ...finished, finishedAt: Date.now(), result });
  }

  #describeRoot({ rootId, path, online, volume, unconfirmedMissing }: FakeRoot): Root {
    const videos = this.videos.all.filter((video) => video.rootId === rootId);
    return {
      rootId,
      path,
      name: path.split('/').at(-1) ?? path,
      online,
      videoCount: videos.length,
      problemCount: videos.filter(({ state }) => state === 'unreadable').length,
      missingCount: videos.filter(({ state }) => state === 'missing').length,
      unconfirmedMissing,
      volume,
      addedAtMs: FAKE_NOW_MS,
      lastScanAtMs: FAKE_NOW_MS,
    };
  }
}

function fakeBackup(index: number): Backup {
  return {
    backupId: `backup-${index}.sqlite`,
    madeAtMs: FAKE_NOW_MS - index * DAY_MS,
    sizeBytes: 84_000_000 - index * 1_300_000,
    videoCount: 12_870 - index * 41,
  };
}
