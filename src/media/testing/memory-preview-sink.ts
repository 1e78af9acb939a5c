import { VitrineError } from '../../shared/errors';
import type { AwaitedRoot } from '../../shared/library-protocol';
import type { VideoStream } from '../../shared/media';
import type { PreviewShare } from '../../shared/preview';
import type { PreviewReport, PreviewTask } from '../../shared/preview-protocol';
import type { PreviewSink } from '../preview/run-previews';

/** A video that is due, as the library would know it. */
interface DueVideo {
  rootId: number;
  path: string;
  pathBytes?: Uint8Array;
}

/** The library's side of a preview job, kept in memory: reports survive from run to run. */
export class MemoryPreviewSink {
  readonly reports: PreviewReport[] = [];
  readonly roots: AwaitedRoot[];
  /** Told with the next videos. */
  newRoots: AwaitedRoot[] = [];
  share: PreviewShare = 'low';
  /** How many are handed out at a time because their drive is slow. */
  slots = Number.POSITIVE_INFINITY;
  /** How many were asked for, take by take. */
  readonly limits: number[] = [];
  finished = 0;
  /** Runs before every call is answered; what it throws, the call rejects with. */
  onCall: (name: keyof PreviewSink) => void | Promise<void> = () => undefined;
  readonly #cacheFolder: string;
  readonly #tasks: PreviewTask[] = [];
  #due: PreviewTask[] = [];
  #handedOut = new Set<number>();

  constructor(roots: Record<number, string>, videos: readonly DueVideo[], cacheFolder = '/cache') {
    this.#cacheFolder = cacheFolder;
    this.roots = Object.entries(roots).map(([id, path]) => awaitedRoot(Number(id), path));
    for (const video of videos) this.add(video);
  }

  /** One more is due: first, as if it had come on screen. */
  add({ pathBytes, ...video }: DueVideo, order: 'first' | 'last' = 'last'): void {
    const task: PreviewTask = {
      ...video,
      ...{
        videoId: this.#tasks.length + 1,
        pathBytes: pathBytes ?? null,
        sizeBytes: 0,
        mtimeMs: 0,
      },
      ...{
        work: { kind: 'poster', atSeconds: null },
        durationSeconds: 1,
        stream: {} as VideoStream,
      },
    };
    this.#tasks.push(task);
    if (order === 'first') this.#due.unshift(task);
    else this.#due.push(task);
  }

  get sink(): PreviewSink {
    return {
      beginPreviews: this.#answer('beginPreviews', () => {
        const done = new Set(this.reports.map(({ videoId }) => videoId));
        this.#due = this.#tasks.filter(({ videoId }) => !done.has(videoId));
        this.#handedOut = new Set();
        return { ...this.#counts(), cacheFolder: this.#cacheFolder, roots: this.roots };
      }),
      takePreviewTasks: this.#answer('takePreviewTasks', ({ limit }) => {
        this.limits.push(limit);
        const tasks = this.#due.splice(0, Math.min(limit, this.slots - this.#handedOut.size));
        for (const { videoId } of tasks) this.#handedOut.add(videoId);
        const roots = this.newRoots.splice(0);
        return { tasks, waiting: this.#due.length > 0, share: this.share, roots };
      }),
      writePreviews: this.#answer('writePreviews', ({ reports }) => {
        this.reports.push(...reports);
        for (const { videoId } of reports) this.#handedOut.delete(videoId);
        return this.#counts();
      }),
      finishPreviews: this.#answer('finishPreviews', () => {
        if (this.#due.length > 0) return null;
        this.finished++;
        return { made: 0, shared: 0, failed: 0, skipped: 0, elapsedMs: 0 };
      }),
    };
  }

  /** What came of each video, by its path. */
  get outcomes(): Record<string, string> {
    return Object.fromEntries(
      this.reports.map(({ videoId, outcome }) => [this.#tasks[videoId - 1]?.path, outcome.kind]),
    );
  }

  #answer<Request extends { runToken: string }, Response>(
    name: keyof PreviewSink,
    answer: (request: Request) => Response,
  ): (request: Request) => Promise<Response> {
    return async (request) => {
      await this.onCall(name);
      if (request.runToken !== 'run') throw new VitrineError('STALE_RUN', 'The run is over.');
      return structuredClone(answer(structuredClone(request)));
    };
  }

  #counts() {
    const problems = this.reports.filter(({ outcome }) => outcome.kind === 'failed').length;
    const phase = 'posters' as const;
    return { phase, done: this.reports.length, total: this.#tasks.length, problems };
  }
}

/** A root as the library knows it before it was seen. */
export function awaitedRoot(rootId: number, rootPath: string): AwaitedRoot {
  return {
    rootId,
    place: { rootPath, device: null, volumeIdentity: null, pathOnVolume: null },
    ...{ samples: [], acceptMissing: false, knownVideos: 0 },
  };
}
