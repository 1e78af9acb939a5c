import type { VideoStream } from '../../shared/media';
import type { MadeImage, PreviewWork } from '../../shared/preview-protocol';
import { ChildGuard } from '../children/child-guard';
import { type ToolLimits, wasInterrupted } from '../children/supervise';
import { openInput, type ToolSource } from '../children/tool-input';
import { accidentOf, obstacleOf } from '../verify/verdict';
import { answered } from './answered';
import { readContainer } from './container';
import type { FrameRunEnd } from './decode-frames';
import { ImageFile } from './image-file';
import { makeFilmstrip } from './make-filmstrip';
import { makePoster } from './make-poster';

/** A video to make pictures of, and where to put them. */
export interface PreviewRequest {
  source: ToolSource;
  /** Its first video stream that is no cover picture. */
  stream: VideoStream;
  durationSeconds: number | null;
  work: PreviewWork;
  /** Folder of the cache; the image lies in it as `previewFile` says, whole once it is there. */
  cacheFolder: string;
}

/**
 * `failed`: there is nothing to be seen, in words. `interrupted`: somebody else ended ffmpeg, so that it says nothing
 * about the file. `driveFailed`: the drive complained, which it also does when it is gone.
 */
export type PreviewAnswer =
  | { kind: 'made'; image: MadeImage }
  | { kind: 'failed'; message: string; interrupted: boolean; driveFailed: boolean };

export interface PreviewMaker {
  /**
   * Makes an image of a video with one child at a time.
   * @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED, ROOT_OFFLINE its drive hangs; DISK_FULL, INTERNAL
   *   where the image cannot be written; NodeJS.ErrnoException when the video cannot be opened or the cache's folder
   *   cannot be made
   */
  make(request: PreviewRequest, signal: AbortSignal): Promise<PreviewAnswer>;
  /** Kills every child. */
  dispose(): void;
}

export interface PreviewMakerOptions {
  /** Absolute path of the ffmpeg executable. */
  ffmpegPath: string;
  /** Threads of one decoder; one unless given. */
  threads?: number;
  /** Caps of one child; those left out keep their defaults. `seconds`: without a picture. */
  limits?: Partial<ToolLimits>;
}

const DEFAULT_LIMITS: ToolLimits = { seconds: 60, memoryBytes: 2 * 1024 * 1024 * 1024 };

/** Makes posters and filmstrips with ffmpeg. What is wrong with a video is an answer. */
export function createPreviewMaker(options: PreviewMakerOptions): PreviewMaker {
  const { ffmpegPath, threads = 1 } = options;
  const guard = new ChildGuard();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };

  return {
    async make({ source, stream, durationSeconds, work, cacheFolder }, signal) {
      const tool = { ffmpegPath, limits, guard, signal };
      const input = await openInput(source);
      try {
        const container = await answered(readContainer(source));
        const video = { input, stream, durationSeconds, container, threads, tool };
        const { image, ends } =
          work.kind === 'poster'
            ? await makePoster(video, work.atSeconds, cacheFolder)
            : await makeFilmstrip(video, work.token, cacheFolder);
        const interrupted = ends.some(({ end }) => wasInterrupted(end));
        if (image && !interrupted) return { kind: 'made', image };
        if (image) await ImageFile.of(image, cacheFolder).discard();
        return { ...failureOf(ends), interrupted };
      } finally {
        await input.close();
      }
    },
    dispose: () => guard.dispose(),
  };
}

/** Why there is no picture, from the last thing that was tried. */
function failureOf(ends: readonly FrameRunEnd[]) {
  const last = ends.at(-1);
  const driveFailed = ends.some(({ log }) => log.driveFailed);
  return { kind: 'failed', message: last ? wordsOf(last) : NOTHING, driveFailed } as const;
}

const NOTHING = 'Nothing in it can be decoded.';

function wordsOf({ end, log }: FrameRunEnd): string {
  const { withoutDecoder } = log;
  const unchecked = withoutDecoder === null ? [] : [log.codecOf(withoutDecoder)];
  return accidentOf(end) ?? obstacleOf(log, unchecked) ?? NOTHING;
}
