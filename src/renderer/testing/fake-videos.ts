import type { Request, Response } from '../../shared/contract';
import { VitrineError } from '../../shared/errors';
import type { VideoDetail, VideoSummary } from '../../shared/media';
import type { VideoQuery } from '../../shared/video-query';
import { fakePreview, readFakeToken } from './fake-preview';
import { answerQuery, fakeDetail, fakeVerification } from './fake-video';

/** The videos of the made-up library with what is known of them. */
export class FakeVideos {
  readonly #onChange: () => void;
  readonly #dismissed = new Set<number>();
  readonly #readAgain = new Set<number>();
  readonly #verified = new Set<number>();
  #all: readonly VideoSummary[] = [];
  #answered: { key: string; rows: VideoSummary[] } | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): readonly VideoSummary[] {
    return this.#all;
  }

  set(videos: readonly VideoSummary[]): void {
    this.#all = videos;
    this.#answered = null;
    this.#onChange();
  }

  rows(query: VideoQuery): VideoSummary[] {
    const key = JSON.stringify(query);
    if (this.#answered?.key !== key) this.#answered = { key, rows: answerQuery(this.#all, query) };
    return this.#answered.rows;
  }

  detail(id: number): VideoDetail {
    const video = this.#all.find((candidate) => candidate.id === id);
    if (!video) throw new VitrineError('VIDEO_NOT_FOUND', `There is no video ${id}.`);
    const copies = this.#all.filter((other) => other.id !== id && isCopy(other.id, id));
    return {
      ...fakeDetail(video),
      copies: copies.map((copy) => ({ id: copy.id, path: copy.path })),
      verification: this.#verified.has(id) ? fakeVerification(id) : null,
    };
  }

  /** Those that cannot be read, without the dismissed ones. */
  withProblems(): VideoSummary[] {
    return this.#all.filter(({ id, state }) => state === 'unreadable' && !this.#dismissed.has(id));
  }

  problems(after: string | null, limit: number): Response<'problems.list'> {
    const start = after === null ? 0 : Number(after);
    const unreadable = this.withProblems();
    const problems = unreadable.slice(start, start + limit).flatMap((video) => {
      const { id, path, name, problem } = fakeDetail(video);
      return problem ? [{ id, path, name, problem }] : [];
    });
    const next = start + limit < unreadable.length ? String(start + limit) : null;
    return { problems, next };
  }

  selected(request: Request<'problems.dismiss'>): VideoSummary[] {
    const videos = this.withProblems();
    return 'all' in request ? videos : videos.filter(({ id }) => request.ids.includes(id));
  }

  dismiss(request: Request<'problems.dismiss'>): void {
    for (const { id } of this.selected(request)) this.#dismissed.add(id);
    this.#onChange();
  }

  /** Marks files that the next scan of their folder can read. */
  readAgain(videos: readonly VideoSummary[]): void {
    for (const { id } of videos) this.#readAgain.add(id);
  }

  scanned(rootId: number | null): void {
    const isReadable = (video: VideoSummary) =>
      video.rootId === rootId && this.#readAgain.delete(video.id);
    this.set(
      this.#all.map((video) =>
        isReadable(video) ? { ...video, state: 'ok', problem: null, probeLevel: 'full' } : video,
      ),
    );
  }

  /** Throws the pictures of the first videos away. */
  dropPreviews(count: number): void {
    if (count === 0) return;
    this.set(
      this.#all.map((video, index) => (index < count ? { ...video, preview: null } : video)),
    );
  }

  /** Makes pictures of some that have none. */
  makePreviews(count: number): void {
    const due = this.#all.filter(({ state, preview }) => state === 'ok' && preview === null);
    if (due.length > 0) this.remakePreviews(due.slice(0, count).map(({ id }) => id));
  }

  remakePreviews(ids: readonly number[]): Record<string, never> {
    const wanted = new Set(ids);
    const remade = (video: VideoSummary) => {
      const made = video.preview ? readFakeToken(video.preview.poster).made + 1 : 1;
      return { ...video, preview: fakePreview(video.id, made), previewProblem: null };
    };
    this.set(this.#all.map((video) => (wanted.has(video.id) ? remade(video) : video)));
    return {};
  }

  /** Answers how many of them are damaged. */
  verified(videos: readonly VideoSummary[]): number {
    for (const { id } of videos) this.#verified.add(id);
    this.#onChange();
    return videos.filter(({ id }) => fakeVerification(id).outcome === 'damaged').length;
  }
}

/** Videos 10 and 11, 20 and 21, … have the same content. */
function isCopy(id: number, otherId: number): boolean {
  return Math.floor(id / 10) === Math.floor(otherId / 10) && id % 10 < 2 && otherId % 10 < 2;
}
