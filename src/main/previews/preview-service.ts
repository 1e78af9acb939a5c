import type { Response } from '../../shared/contract';
import { toErrorShape } from '../../shared/errors';
import { isLive, isPreviewResult, type JobStatus } from '../../shared/job';
import type { Settings } from '../../shared/settings';
import type { Timers } from '../timers';

export interface PreviewServiceOptions {
  /** Queues the job that makes what is missing, if anything is, behind what else is to be done. */
  submit(): Promise<unknown>;
  timers: Timers;
}

/** The first page goes before. */
const START_DELAY_MS = 5_000;
/** Scrolling shows new videos many times a second; whether pictures are missing is asked less often. */
const ASK_INTERVAL_MS = 1_000;

/**
 * Has missing previews made without anybody asking: when Vitrine starts, when a scan has ended, when a folder is back,
 * and when videos come on screen.
 */
export class PreviewService {
  readonly #options: PreviewServiceOptions;
  #settings: Settings | null = null;
  /** The live job, which takes up itself what becomes due. */
  #liveJobId: string | null = null;
  /** The last job changed nothing: nothing is expected of another one until something happens. */
  #isFutile = false;
  /** When the library is to be asked; null: not at all. */
  #wantedAt: number | null = null;
  #askableAt = Number.NEGATIVE_INFINITY;
  #timer: unknown = null;
  readonly #offline = new Set<number>();
  #stopped = false;

  constructor(options: PreviewServiceOptions) {
    this.#options = options;
  }

  /** The library is open, perhaps another one than before: its jobs are told anew. */
  opened(): void {
    this.#liveJobId = null;
    this.#isFutile = false;
    this.#want(START_DELAY_MS);
  }

  settingsChanged(settings: Settings): void {
    const isNews = settings.makePreviews && this.#settings?.makePreviews === false;
    this.#settings = settings;
    if (isNews) this.#want();
    else this.#plan();
  }

  /** A job of any kind is another than before. */
  jobUpdated(status: JobStatus): void {
    const { kind, state, jobId } = status;
    if (kind === 'scan' && state === 'succeeded') this.#wantAnew();
    if (kind !== 'preview') return;
    if (isLive(state)) this.#liveJobId = jobId;
    else if (jobId === this.#liveJobId) {
      this.#liveJobId = null;
      this.#isFutile = !madeSomething(status);
    }
    this.#plan();
  }

  /** How folders are watched is another: one may be back. */
  foldersChanged({ folders }: Response<'watch.status'>): void {
    for (const { rootId, state } of folders) {
      if (state === 'offline') this.#offline.add(rootId);
      else if (this.#offline.delete(rootId)) this.#wantAnew();
    }
  }

  /** Videos came on screen, perhaps without pictures. A job that is under way knows of them already. */
  shown(): void {
    if (this.#liveJobId === null && !this.#isFutile) this.#want();
  }

  /** Pictures went: those on screen are needed. */
  cleared(): void {
    this.#wantAnew();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#timer);
  }

  /** More may be missing than before, or can be made. */
  #wantAnew(): void {
    this.#isFutile = false;
    this.#want();
  }

  /** While a job is under way the library is asked when that has ended. */
  #want(delayMs = 0): void {
    const at = this.#options.timers.now() + delayMs;
    this.#wantedAt = Math.min(at, this.#wantedAt ?? at);
    this.#plan();
  }

  #plan(): void {
    const { timers } = this.#options;
    timers.clearTimeout(this.#timer);
    if (this.#wantedAt === null || this.#stopped) return;
    if (this.#liveJobId !== null || !this.#settings?.makePreviews) return;
    const delay = Math.max(0, this.#wantedAt - timers.now(), this.#askableAt - timers.now());
    this.#timer = timers.setTimeout(() => void this.#ask(), delay);
  }

  async #ask(): Promise<void> {
    this.#wantedAt = null;
    this.#askableAt = this.#options.timers.now() + ASK_INTERVAL_MS;
    try {
      await this.#options.submit();
    } catch (thrown) {
      // The library is being started again: its opening asks anew.
      console.error('Having previews made failed:', toErrorShape(thrown).message);
    }
  }
}

function madeSomething({ result }: JobStatus): boolean {
  if (result === null || !isPreviewResult(result)) return false;
  return result.made + result.shared + result.failed > 0;
}
