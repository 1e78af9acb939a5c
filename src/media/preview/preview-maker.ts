import type { VideoStream } from '../../shared/media';
import { MAX_FILMSTRIP_FRAMES } from '../../shared/preview';
import type { MadePreview, PreviewWork } from '../../shared/preview-protocol';
import { ChildGuard } from '../children/child-guard';
import { type ToolLimits, wasInterrupted } from '../children/supervise';
import { type GivenInput, openInput, type ToolSource } from '../children/tool-input';
import { accidentOf, obstacleOf } from '../verify/verdict';
import { answered } from './answered';
import { decodeFrames, type FrameRunEnd } from './decode-frames';
import {
  type DecodedFrame,
  FrameCollection,
  type FrameSink,
  ShownFrame,
  spread,
} from './decoded-frame';
import { COLUMNS, encodeImages } from './encode-images';
import { exactPlans, filmstripPlans, type PlanStep, posterPlans, runsOf } from './frame-plan';
import { bestFrame, isPoor } from './frame-score';
import { frameSize, posterSize } from './picture-size';
import type { PreviewTool } from './preview-tool';
import { readTiming, type Timing } from './timing';

/** A video to make pictures of, and where to put them. */
export interface PreviewRequest {
  source: ToolSource;
  /** Its first video stream that is no cover picture. */
  stream: VideoStream;
  durationSeconds: number | null;
  /** `atSeconds: null`: a poster alone, of the maker's choice. */
  work: PreviewWork | { kind: 'poster'; atSeconds: null };
  /** Folder of the cache; the images lie in it as `previewFile` says, whole once they are there. */
  cacheFolder: string;
}

/**
 * `failed`: there is nothing to be seen, in words. `interrupted`: somebody else ended ffmpeg, so that it says nothing
 * about the file. `driveFailed`: the drive complained, which it also does when it is gone.
 */
export type PreviewAnswer =
  | { kind: 'made'; preview: MadePreview }
  | { kind: 'failed'; message: string; interrupted: boolean; driveFailed: boolean };

export interface PreviewMaker {
  /**
   * Makes a video's pictures with one child at a time.
   * @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED, ROOT_OFFLINE its drive hangs; DISK_FULL, INTERNAL where the images cannot be
   *   written; NodeJS.ErrnoException when the video cannot be opened or the cache's folder cannot be made
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

  /** Follows the plans until there are enough pictures; answers how the last run ended. */
  const decode = async (
    { stream }: PreviewRequest,
    { source, descriptor }: GivenInput,
    steps: readonly PlanStep[],
    sink: FrameSink,
    tool: PreviewTool,
  ): Promise<FrameRunEnd[]> => {
    const ends: FrameRunEnd[] = [];
    const run = { source, descriptor, stream, threads, size: posterSize(stream) };
    for (const { plan, ifFewerThan } of steps) {
      if (sink.count >= ifFewerThan) continue;
      for (const part of runsOf(plan, stream)) {
        const ended = await decodeFrames(run, part, sink, tool);
        ends.push(ended);
        if (isHopeless(ended)) return ends;
      }
    }
    return ends;
  };

  return {
    async make(request, signal) {
      const { source, stream, cacheFolder } = request;
      const tool = { ffmpegPath, limits, guard, signal };
      const size = posterSize(stream);
      const input = await openInput(source);
      let found: Found;
      try {
        const timing = await answered(readTiming(source));
        found = await findPictures(request, timing, (steps, sink) =>
          decode(request, input, steps, sink, tool),
        );
      } finally {
        await input.close();
      }
      const { poster, frames, ends } = found;
      const interrupted = ends.some(({ end }) => wasInterrupted(end));
      if (!poster || interrupted) return { ...failureOf(ends), interrupted };
      const filmstrip = frames.length > 1 ? { frames, size: frameSize(stream) } : null;
      const made = await encodeImages({ size, poster, filmstrip, cacheFolder }, tool);
      return {
        kind: 'made',
        preview: {
          ...made,
          poster: { ...size, atSeconds: poster.seconds },
          filmstrip: filmstrip && {
            columns: Math.min(COLUMNS, frames.length),
            frameWidth: filmstrip.size.width,
            frameHeight: filmstrip.size.height,
            times: frames.map(({ seconds }) => seconds),
          },
        },
      };
    },
    dispose: () => guard.dispose(),
  };
}

/** Whether another way would end the same: it cannot be opened or decoded, hangs, or somebody wants no work done. */
function isHopeless({ end, log }: FrameRunEnd): boolean {
  const cannotBeRead = log.format === null || log.withoutDecoder !== null;
  return cannotBeRead || end.kind === 'timed-out' || wasInterrupted(end);
}

/** Pictures of a video. Without a poster there is nothing to be seen in it. */
interface Found {
  poster: DecodedFrame | null;
  /** Of the filmstrip. */
  frames: readonly DecodedFrame[];
  ends: readonly FrameRunEnd[];
}

/** Gets what was asked for out of a video. */
async function findPictures(
  { stream, durationSeconds, work }: PreviewRequest,
  timing: Timing,
  decode: (steps: readonly PlanStep[], sink: FrameSink) => Promise<FrameRunEnd[]>,
): Promise<Found> {
  if (work.kind === 'poster' && work.atSeconds !== null) {
    const at = Math.min(work.atSeconds, durationSeconds ?? work.atSeconds);
    const shown = new ShownFrame(at);
    const ends = await decode(exactPlans(at, timing), shown);
    return { poster: shown.frame, frames: [], ends };
  }
  const size = posterSize(stream);
  const all = new FrameCollection();
  const plans = filmstripPlans(durationSeconds, stream.codec, timing);
  if (work.kind === 'preview') {
    const ends = await decode(plans, all);
    const frames = spread(all.frames, MAX_FILMSTRIP_FRAMES);
    return { poster: bestFrame(frames, size, durationSeconds), frames, ends };
  }
  const ends = await decode(posterPlans(durationSeconds, timing), all);
  const first = bestFrame(all.frames, size, durationSeconds);
  if (first && !isPoor(first, size)) return { poster: first, frames: [], ends };
  ends.push(...(await decode(plans, all)));
  return { poster: bestFrame(all.frames, size, durationSeconds), frames: [], ends };
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
