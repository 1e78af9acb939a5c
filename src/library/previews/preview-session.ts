import type { PreviewPhase, PreviewResult } from '../../shared/job';
import type { PreviewCounts, PreviewReport, PreviewWork } from '../../shared/preview-protocol';
import { IdSet } from '../id-set';
import type { DuePlace } from './due-videos';
import type { PreviewCheckpoint } from './preview-rows';
import type { PreviewSuspect } from './preview-suspects';
import { type DueVideo, phaseOf } from './preview-work';

type Version = Pick<PreviewReport, 'sizeBytes' | 'mtimeMs'>;

/** A video that was handed out and not reported yet, in the version that the library knew. */
export interface VideoInFlight extends Version {
  rootId: number;
  phase: PreviewPhase;
  /** The drive on which it is the only one. */
  slowVolume: string | null;
  /** What others with the same content have too; null where nothing can be compared. */
  content: string | null;
  alone: boolean;
  /** The choice that a poster is made for. */
  posterAtUs: number | null;
}

export interface PreviewSessionOptions {
  jobId: string;
  runToken: string;
  jobRow: number;
  startedAt: number;
  checkpoint: PreviewCheckpoint;
  /** Roots that are there, which the run is told of. */
  rootIds: readonly number[];
  suspects: readonly PreviewSuspect[];
}

type SkippedVideo = Pick<VideoInFlight, keyof Version | 'rootId' | 'phase'>;

/** One run of a preview job, in memory. Which videos are due is in the rows; here is what the run does with them. */
export class PreviewSession {
  readonly jobId: string;
  readonly runToken: string;
  readonly jobRow: number;
  /** Handed out one by one, before all others: while one of them is made, nothing else is. */
  readonly suspects: number[];
  /** A process died of them alone, already: they come last. */
  readonly charged: number[];
  /** Waited for another one with the same content, and need not any more. */
  readonly freed: number[] = [];
  /** By root, behind which videos were passed over or handed out in this round. */
  readonly places = new Map<number, DuePlace>();
  /** When the round began, and how long it is to last, in milliseconds. */
  roundAt = 0;
  roundMs = 0;
  /** Videos that are due and were not skipped, by what they wait for, as they were counted last. */
  remaining: Record<PreviewPhase, number> = { posters: 0, filmstrips: 0 };
  /** When they were counted, milliseconds since epoch. */
  countedAt = 0;
  readonly #startedAt: number;
  readonly #before: PreviewCheckpoint;
  readonly #counts: Omit<PreviewCheckpoint, 'elapsedMs'>;
  readonly #skippedIn: Record<PreviewPhase, number> = { posters: 0, filmstrips: 0 };
  readonly #inFlight = new Map<number, VideoInFlight>();
  readonly #parked = new Map<string, number[]>();
  /** In flight, parked, suspected: not to be handed out with the others. */
  readonly #held = new IdSet();
  /** Counted already: a video counts once, however many images are made of it. */
  readonly #counted = new IdSet();
  readonly #skipped = new Map<number, SkippedVideo>();
  #roots: ReadonlySet<number>;
  /** Roots that are away, though the library takes them to be there. */
  readonly #away = new Set<number>();

  constructor(options: PreviewSessionOptions) {
    const { checkpoint, suspects } = options;
    this.jobId = options.jobId;
    this.runToken = options.runToken;
    this.jobRow = options.jobRow;
    this.#roots = new Set(options.rootIds);
    this.suspects = suspects.filter(({ deaths }) => deaths === 0).map(({ videoId }) => videoId);
    this.charged = suspects.filter(({ deaths }) => deaths > 0).map(({ videoId }) => videoId);
    for (const { videoId } of suspects) this.#held.add(videoId);
    this.#startedAt = options.startedAt;
    this.#before = checkpoint;
    const { elapsedMs: _, ...counts } = checkpoint;
    this.#counts = counts;
  }

  get counts(): PreviewCounts {
    const phase = this.#left('posters') > 0 ? 'posters' : 'filmstrips';
    const done = this.#counts[phase] + this.#skippedIn[phase];
    return { phase, done, total: done + this.#left(phase), problems: this.#counts.failed };
  }

  /** How many videos were skipped that wait for it. */
  skippedIn(phase: PreviewPhase): number {
    return this.#skippedIn[phase];
  }

  /** What the job has come to when it ends now. */
  result(now: number): PreviewResult {
    const { posters, filmstrips, ...result } = this.checkpoint(now);
    return { ...result, skipped: this.#skipped.size };
  }

  /**
   * Learns which roots are there now. Answers those that were not: what was skipped in them is tried again, and the run
   * has to be told of them.
   */
  noteRoots(rootIds: readonly number[]): number[] {
    const arrived = rootIds.filter((rootId) => !this.#roots.has(rootId));
    this.#roots = new Set(rootIds);
    for (const [videoId, { rootId }] of this.#skipped) {
      if (arrived.includes(rootId)) this.forgive(videoId);
    }
    for (const rootId of arrived) this.#away.delete(rootId);
    return arrived;
  }

  /** Nothing more of the root is handed out until it has gone and is there again. */
  leaveOut(rootId: number): void {
    this.#away.add(rootId);
  }

  isAway(rootId: number): boolean {
    return this.#away.has(rootId);
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  checkpoint(now: number): PreviewCheckpoint {
    const elapsedMs = this.#before.elapsedMs + Math.max(0, now - this.#startedAt);
    return { ...this.#counts, elapsedMs };
  }

  /** Whether a file is made alone at this moment. */
  get isAlone(): boolean {
    return [...this.#inFlight.values()].some(({ alone }) => alone);
  }

  isHeld(videoId: number): boolean {
    return this.#held.has(videoId);
  }

  isBusy(slowVolume: string | null): boolean {
    if (slowVolume === null) return false;
    return [...this.#inFlight.values()].some((video) => video.slowVolume === slowVolume);
  }

  /** Whether this version of the file was skipped by this run. */
  wasSkipped(video: Pick<DueVideo, 'videoId'> & Version): boolean {
    const skipped = this.#skipped.get(video.videoId);
    return skipped?.sizeBytes === video.sizeBytes && skipped.mtimeMs === video.mtimeMs;
  }

  handOut(videoId: number, video: VideoInFlight): void {
    this.#inFlight.set(videoId, video);
    this.#held.add(videoId);
  }

  /** The video waits while another one with its content is made. Answers whether there is one. */
  park(videoId: number, content: string | null): boolean {
    if (content === null) return false;
    if (![...this.#inFlight.values()].some((video) => video.content === content)) return false;
    const others = this.#parked.get(content);
    if (others) others.push(videoId);
    else this.#parked.set(content, [videoId]);
    this.#held.add(videoId);
    return true;
  }

  get hasParked(): boolean {
    return this.#parked.size > 0;
  }

  /** The video came back; null when this run does not have it. */
  takeBack(videoId: number): VideoInFlight | null {
    const video = this.#inFlight.get(videoId);
    if (!video) return null;
    this.#inFlight.delete(videoId);
    this.#held.delete(videoId);
    this.#free(video.content);
    return video;
  }

  /** The suspects go the way of all others. */
  release(videoId: number): void {
    if (!this.#inFlight.has(videoId)) this.#held.delete(videoId);
  }

  /** It is to be tried again, whatever came of it before. */
  forgive(videoId: number): void {
    this.#unskip(videoId);
    this.places.clear();
  }

  /** What came of the video. */
  count(videoId: number, what: 'made' | 'shared' | 'failed'): void {
    if (this.#counted.add(videoId)) this.#counts[what] += 1;
  }

  /** A video does not wait any more for what a phase makes, but perhaps for something else. */
  goOn(videoId: number, from: PreviewPhase, next: PreviewWork | null): void {
    this.#unskip(videoId);
    const to = next && phaseOf(next);
    if (to === from) return;
    this.#counts[from] += 1;
    this.remaining[from] = Math.max(0, this.remaining[from] - 1);
    if (to) this.remaining[to] += 1;
  }

  /** This version of the file is left alone until the next run. */
  skip(videoId: number, video: VideoInFlight): void {
    this.#unskip(videoId);
    const { rootId, sizeBytes, mtimeMs, phase } = video;
    this.#skipped.set(videoId, { rootId, sizeBytes, mtimeMs, phase });
    this.#skippedIn[phase] += 1;
    this.remaining[phase] = Math.max(0, this.remaining[phase] - 1);
  }

  #unskip(videoId: number): void {
    const skipped = this.#skipped.get(videoId);
    if (!skipped) return;
    this.#skipped.delete(videoId);
    this.#skippedIn[skipped.phase] -= 1;
    this.remaining[skipped.phase] += 1;
  }

  /** Videos that wait for what a phase makes. */
  #left(phase: PreviewPhase): number {
    const inFlight = [...this.#inFlight.values()].filter((video) => video.phase === phase);
    return Math.max(this.remaining[phase], inFlight.length);
  }

  #free(content: string | null): void {
    if (content === null) return;
    for (const videoId of this.#parked.get(content) ?? []) {
      this.#held.delete(videoId);
      this.freed.push(videoId);
    }
    this.#parked.delete(content);
  }
}
