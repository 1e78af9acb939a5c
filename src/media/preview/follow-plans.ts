import type { VideoStream } from '../../shared/media';
import { wasInterrupted } from '../children/supervise';
import type { GivenInput } from '../children/tool-input';
import type { Container } from './container';
import { decodeFrames, type FrameRunEnd } from './decode-frames';
import type { FrameSink } from './decoded-frame';
import { type FramePlan, type PlanStep, runsOf } from './frame-plan';
import type { ImageFile } from './image-file';
import type { Size } from './picture-size';
import type { PreviewTool } from './preview-tool';

/** A video that pictures can be got out of. */
export interface OpenVideo {
  input: GivenInput;
  stream: VideoStream;
  durationSeconds: number | null;
  container: Container;
  /** Threads of one decoder. */
  threads: number;
  tool: PreviewTool;
}

/**
 * Follows a plan with one child. @param image is written too, of the first picture of a plan that seeks
 * @throws VitrineError as `decodeFrames`
 */
export function followPlan(
  { input, stream, container, threads, tool }: OpenVideo,
  plan: FramePlan,
  { size, sink, image }: { size: Size; sink: FrameSink; image?: ImageFile },
): Promise<FrameRunEnd> {
  const run = { ...input, stream, size, threads, describesStreams: container.describesStreams };
  return decodeFrames(run, plan, sink, tool, image);
}

/** Follows plans until there are enough pictures; answers how each run ended. @throws VitrineError as {@link followPlan} */
export async function followPlans(
  video: OpenVideo,
  steps: readonly PlanStep[],
  wanted: { size: Size; sink: FrameSink },
): Promise<FrameRunEnd[]> {
  const ends: FrameRunEnd[] = [];
  for (const { plan, ifFewerThan } of steps) {
    if (wanted.sink.count >= ifFewerThan) continue;
    for (const part of runsOf(plan, video.stream)) {
      const ended = await followPlan(video, part, wanted);
      ends.push(ended);
      if (isHopeless(ended)) return ends;
    }
  }
  return ends;
}

/** Whether another way would end the same: it cannot be opened or decoded, hangs, or somebody wants no work done. */
export function isHopeless({ end, log }: FrameRunEnd): boolean {
  const cannotBeRead = log.format === null || log.withoutDecoder !== null;
  return cannotBeRead || end.kind === 'timed-out' || wasInterrupted(end);
}
