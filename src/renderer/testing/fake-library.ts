import type { EventName, EventPayload, Request, Response } from '../../shared/contract';
import { VitrineError } from '../../shared/errors';
import { isLive, type JobStatus } from '../../shared/job';
import type { Root } from '../../shared/library';
import type { VideoSummary } from '../../shared/media';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings';
import type { VideoQuery } from '../../shared/video-query';
import type { FakeOptions } from './fake-bridge';
import { answerQuery, FAKE_NOW_MS, fakeDetail, fakeVideo } from './fake-videos';

/** A library in memory behind the fake bridge. */
export class FakeLibrary {
  readonly jobs: JobStatus[];
  settings: Settings;
  readonly #options: FakeOptions;
  readonly #roots: { rootId: number; path: string; online: boolean }[] = [];
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  #videos: VideoSummary[] = [];
  #answered: { key: string; rows: VideoSummary[] } | null = null;

  constructor(options: FakeOptions) {
    this.#options = options;
    this.jobs = [...(options.history ?? [])];
    this.settings = { ...DEFAULT_SETTINGS, extraExtensions: [...(options.extensions ?? [])] };
    for (const path of options.roots ?? []) this.#addRoot(path);
    for (let id = 1; id <= (options.videos ?? 0); id += 1) {
      const root = this.#roots[id % this.#roots.length];
      if (root) this.#videos.push(fakeVideo(id, root));
    }
  }

  listen(name: EventName, listener: (payload: never) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  status(): Response<'library.status'> {
    const { failure, opening } = this.#options;
    if (opening) return { state: 'opening' };
    return failure ? { state: 'failed', error: failure } : { state: 'open' };
  }

  summary(): Response<'library.summary'> {
    const count = (scope: 'all' | 'recent' | 'problems' | 'missing') =>
      this.#rows({ scope: { type: scope }, search: '', sort: 'added', descending: false }).length;
    return {
      libraryPath: '/home/anna/.config/Vitrine/Library',
      counts: {
        all: count('all'),
        recent: count('recent'),
        problems: count('problems'),
        missing: count('missing'),
      },
      roots: this.#roots.map((root) => this.#describeRoot(root)),
    };
  }

  page(query: VideoQuery, index: number, limit: number): Response<'videos.page'> {
    const rows = this.#rows(query);
    return { videos: rows.slice(index, index + limit), total: rows.length };
  }

  video(id: number): VideoSummary {
    const video = this.#videos.find((candidate) => candidate.id === id);
    if (!video) throw new VitrineError('VIDEO_NOT_FOUND', `There is no video ${id}.`);
    return video;
  }

  problems(after: string | null, limit: number): Response<'problems.list'> {
    const start = after === null ? 0 : Number(after);
    const unreadable = this.#videos.filter((video) => video.state === 'unreadable');
    const problems = unreadable.slice(start, start + limit).flatMap((video) => {
      const { id, path, name, problem } = fakeDetail(video);
      return problem ? [{ id, path, name, problem }] : [];
    });
    const next = start + limit < unreadable.length ? String(start + limit) : null;
    return { problems, next };
  }

  job(jobId: string): JobStatus {
    const job = this.jobs.find((candidate) => candidate.jobId === jobId);
    if (!job) throw new VitrineError('JOB_NOT_FOUND', `There is no job ${jobId}.`);
    return job;
  }

  startScan(request: Request<'scan.start'>): { jobId: string } {
    const root =
      'path' in request
        ? (this.#roots.find(({ path }) => path === request.path) ?? this.#addRoot(request.path))
        : this.#roots.find(({ rootId }) => rootId === request.rootId);
    if (!root) throw new VitrineError('ROOT_NOT_FOUND', 'There is no such folder.');
    const live = this.jobs.find((job) => job.rootId === root.rootId && isLive(job.state));
    if (live) return { jobId: live.jobId };
    const job = newScan(`job-${this.jobs.length + 1}`, root);
    this.jobs.unshift(job);
    this.#emit('jobs.onUpdate', { ...job });
    this.#emit('library.onChange', {});
    return { jobId: job.jobId };
  }

  cancel(jobId: string): JobStatus {
    const job = this.job(jobId);
    if (isLive(job.state)) this.#update(job, { state: 'cancelled', finishedAt: Date.now() });
    return job;
  }

  setSettings(settings: Settings): Settings {
    this.settings = structuredClone(settings);
    return this.settings;
  }

  removeRoot(rootId: number): Record<string, never> {
    const index = this.#roots.findIndex((root) => root.rootId === rootId);
    if (index < 0) throw new VitrineError('ROOT_NOT_FOUND', 'There is no such folder.');
    this.#roots.splice(index, 1);
    this.#setVideos(this.#videos.filter((video) => video.rootId !== rootId));
    return {};
  }

  advance(files: number): void {
    for (const job of this.jobs.filter(({ state }) => isLive(state))) this.#advanceJob(job, files);
  }

  #advanceJob(job: JobStatus, files: number): void {
    const root = this.#roots.find(({ rootId }) => rootId === job.rootId);
    if (!root) return;
    const total = this.#options.found ?? 500;
    const count = Math.min(files, total - job.done);
    const firstId = Math.max(0, ...this.#videos.slice(-1).map(({ id }) => id)) + 1;
    const added = Array.from({ length: count }, (_, offset) => fakeVideo(firstId + offset, root));
    const done = job.done + count;
    this.#setVideos([...this.#videos, ...added]);
    this.#update(job, {
      state: 'running',
      phase: 'probing',
      startedAt: job.startedAt ?? Date.now(),
      done,
      total,
      progress: done / total,
      currentItem: added.at(-1)?.path ?? null,
      ratePerSecond: files * 4,
      etaSeconds: (total - done) / (files * 4),
      problems: job.problems + added.filter(({ state }) => state === 'unreadable').length,
    });
    if (done === total) this.#finish(job, total);
  }

  #finish(job: JobStatus, total: number): void {
    this.#update(job, {
      state: 'succeeded',
      currentItem: null,
      etaSeconds: null,
      finishedAt: Date.now(),
      result: {
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
      },
    });
  }

  #update(job: JobStatus, change: Partial<JobStatus>): void {
    Object.assign(job, change);
    this.#emit('jobs.onUpdate', { ...job });
  }

  #emit<E extends EventName>(name: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  #setVideos(videos: VideoSummary[]): void {
    this.#videos = videos;
    this.#answered = null;
    this.#emit('library.onChange', {});
  }

  #rows(query: VideoQuery): VideoSummary[] {
    const key = JSON.stringify(query);
    if (this.#answered?.key !== key) {
      this.#answered = { key, rows: answerQuery(this.#videos, query) };
    }
    return this.#answered.rows;
  }

  #addRoot(path: string) {
    const root = { rootId: this.#roots.length + 1, path, online: !path.includes('offline') };
    this.#roots.push(root);
    return root;
  }

  #describeRoot({ rootId, path, online }: { rootId: number; path: string; online: boolean }): Root {
    const videos = this.#videos.filter((video) => video.rootId === rootId);
    return {
      rootId,
      path,
      name: path.split('/').at(-1) ?? path,
      online,
      videoCount: videos.length,
      problemCount: videos.filter(({ state }) => state === 'unreadable').length,
      missingCount: videos.filter(({ state }) => state === 'missing').length,
      unconfirmedMissing: 0,
      volume: null,
      addedAtMs: FAKE_NOW_MS,
      lastScanAtMs: null,
    };
  }
}

/** A scan that was just submitted. */
export function newScan(jobId: string, root: { rootId: number; path: string }): JobStatus {
  return {
    jobId,
    kind: 'scan',
    target: root.path,
    rootId: root.rootId,
    state: 'queued',
    priority: 'normal',
    attempt: 0,
    waitingFor: null,
    notBefore: null,
    reason: null,
    progress: null,
    phase: '',
    done: 0,
    total: null,
    currentItem: null,
    ratePerSecond: null,
    etaSeconds: null,
    result: null,
    error: null,
    problems: 0,
    createdAt: Date.now(),
    startedAt: null,
    finishedAt: null,
  };
}
