import { setMaxListeners } from 'node:events';
import { VitrineError } from '../../shared/errors';
import type { JobProgress } from '../../shared/job';
import type { PreviewRunRequest } from '../../shared/media-protocol';
import type { PreviewShare } from '../../shared/preview';
import type { PreviewReport, PreviewSinkApi, PreviewTask } from '../../shared/preview-protocol';
import { abortable, orNull, pause } from '../scan/abortable';
import { OpenedRoots } from '../scan/opened-roots';
import type { ReadingScans } from '../scan/reading-scans';
import { confirmRoot, isRootFailure } from '../scan/root-folder';
import { guardSink, type SinkOf } from '../sink';
import type { VolumeSystem } from '../volume/volume-system';
import { answered } from './answered';
import { previewOfFile, skipped } from './preview-file';
import type { PreviewMaker } from './preview-maker';
import { PreviewProgress } from './preview-progress';

export type PreviewSink = SinkOf<PreviewSinkApi>;

export interface PreviewEnvironment {
  sink: PreviewSink;
  /** Stays the caller's to dispose. */
  maker: PreviewMaker;
  volumes: VolumeSystem;
  /** No picture is begun while one of them reads. */
  scans: ReadingScans;
  /** Processors of the machine. */
  cores: number;
  onProgress(progress: JobProgress): void;
  /** Milliseconds since epoch. */
  now(): number;
}

/** How long it is until the library is asked again when it had nothing for a free worker: what is on screen changes. */
const ASK_AGAIN_MS = 500;

/**
 * Makes the pictures that are due and leaves all bookkeeping to the sink, video by video. Each video is taken when it
 * can be begun at once, so that what comes on screen does not wait for what was taken before. When the signal aborts or
 * anything fails, every child is dead and the sink is not called any more by the time this rejects.
 * @throws VitrineError CANCELLED, PROBE_TOOL_MISSING, SYSTEM_BUSY, DISK_FULL, LIBRARY_READ_ONLY and LIBRARY_IO of the
 *   cache, and whatever the sink rejects with (STALE_RUN, WORKER_CRASHED)
 */
export async function runPreviews(
  request: PreviewRunRequest,
  environment: PreviewEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  // Every worker and every wait listens; Node would take more than ten for a leak.
  setMaxListeners(0, stop.signal);
  const onAbort = () => stop.abort(new VitrineError('CANCELLED', 'Making previews was cancelled.'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const progress = new PreviewProgress((status) => environment.onProgress(status), environment.now);
  try {
    await new PreviewRun(request, environment, progress, stop).run();
  } finally {
    progress.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}

/** How many videos are worked on side by side. */
export function workersOf(share: PreviewShare, cores: number): number {
  switch (share) {
    case 'low':
      return 1;
    case 'medium':
      return Math.max(1, Math.floor(cores / 2));
    case 'high':
      return Math.max(1, cores);
  }
}

/** Where videos are read from, and their pictures written to. */
interface Places {
  roots: OpenedRoots;
  cacheFolder: string;
}

/** One run. `stop` is aborted by the caller, and by whichever part fails first, with the reason to give. */
class PreviewRun {
  readonly #run: { jobId: string; runToken: string };
  readonly #environment: PreviewEnvironment;
  readonly #progress: PreviewProgress;
  readonly #stop: AbortController;
  readonly #sink: PreviewSink;
  /** Videos that are being worked on; none of them rejects. */
  readonly #busy = new Set<Promise<void>>();
  #workers = 1;

  constructor(
    { jobId, runToken }: PreviewRunRequest,
    environment: PreviewEnvironment,
    progress: PreviewProgress,
    stop: AbortController,
  ) {
    this.#run = { jobId, runToken };
    this.#environment = environment;
    this.#progress = progress;
    this.#stop = stop;
    this.#sink = guardSink<PreviewSinkApi>(environment.sink, stop.signal);
  }

  async run(): Promise<void> {
    const { signal } = this.#stop;
    try {
      const { roots, cacheFolder, ...counts } = await this.#sink.beginPreviews(this.#run);
      this.#progress.begin(counts);
      const opened = new OpenedRoots(roots, this.#environment.volumes, signal);
      await this.#makeUntilFinished({ roots: opened, cacheFolder });
    } catch (thrown) {
      this.#stop.abort(thrown);
    }
    await Promise.all(this.#busy);
    signal.throwIfAborted();
  }

  async #makeUntilFinished(places: Places): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      const isComplete = await this.#startWhatIsDue(places);
      if (!isComplete) {
        await this.#untilOneEnds();
        continue;
      }
      this.#progress.end();
      if (await this.#sink.finishPreviews(this.#run)) return;
      // What became due is perhaps not to be had yet.
      await pause(ASK_AGAIN_MS, signal);
    }
  }

  /** Gives every free worker a video. Answers whether there is nothing left, neither to begin nor under way. */
  async #startWhatIsDue(places: Places): Promise<boolean> {
    while (this.#busy.size < this.#workers) {
      await this.#scansToEnd();
      const free = this.#workers - this.#busy.size;
      const taken = await this.#sink.takePreviewTasks({ ...this.#run, limit: free });
      this.#workers = workersOf(taken.share, this.#environment.cores);
      places.roots.add(taken.roots ?? []);
      for (const task of taken.tasks) this.#start(this.#make(task, places));
      if (taken.tasks.length === 0) return !taken.waiting && this.#busy.size === 0;
    }
    return false;
  }

  async #scansToEnd(): Promise<void> {
    const { scans } = this.#environment;
    if (!scans.any) return;
    this.#progress.waits();
    await scans.none(this.#stop.signal);
  }

  #start(work: Promise<void>): void {
    const busy = work
      .catch((thrown) => this.#stop.abort(thrown))
      .finally(() => this.#busy.delete(busy));
    this.#busy.add(busy);
  }

  /** Waits for a worker to become free; for one that is, only until the library may have something for it. */
  async #untilOneEnds(): Promise<void> {
    const { signal } = this.#stop;
    const ended = abortable(signal, () => Promise.race(this.#busy));
    if (this.#busy.size >= this.#workers) await ended;
    else await orNull(ended, ASK_AGAIN_MS);
  }

  async #make(task: PreviewTask, places: Places): Promise<void> {
    this.#progress.start(task);
    const report = await this.#report(task, places);
    const counts = await this.#sink.writePreviews({ ...this.#run, reports: [report] });
    this.#progress.finish(counts);
  }

  /** Videos of a root that is away, or hangs, are passed over: there are others. */
  async #report(task: PreviewTask, { roots, cacheFolder }: Places): Promise<PreviewReport> {
    const { signal } = this.#stop;
    try {
      const root = await answered(roots.open(task.rootId));
      if (!root) return withoutRoot(task);
      const { rootPath, stableInodes, place } = root;
      return await previewOfFile(task, {
        ...{ rootPath, stableInodes, cacheFolder, signal },
        maker: this.#environment.maker,
        confirmRoot: () => answered(abortable(signal, () => confirmRoot(rootPath, place.device))),
      });
    } catch (thrown) {
      if (!isRootFailure(thrown)) throw thrown;
      roots.giveUp(task.rootId);
      return withoutRoot(task);
    }
  }
}

function withoutRoot(task: PreviewTask): PreviewReport {
  return { ...skipped(task), outcome: { kind: 'skipped', rootAway: true } };
}
