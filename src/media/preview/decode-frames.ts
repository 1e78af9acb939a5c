import { runTool } from '../children/run-tool';
import type { RunEnd } from '../children/supervise';
import { DecodeLog } from '../verify/decode-log';
import { LineSplitter } from '../verify/line-splitter';
import type { DecodedFrame, FrameSink } from './decoded-frame';
import { type FrameRun, frameArguments } from './frame-arguments';
import type { FramePlan } from './frame-plan';
import { FrameReader } from './frame-reader';
import type { ImageFile } from './image-file';
import { PREVIEW_PRIORITY, type PreviewTool } from './preview-tool';

/** One reading is ended after so many milliseconds, however well it gets on; what came until then counts. */
const MOST_READING_MS = 90_000;

/** Of a log, in bytes: a broken video complains about each of its blocks. */
const MOST_LOG_BYTES = 64 * 1024 * 1024;

/** How a run ended, and what ffmpeg said. */
export interface FrameRunEnd {
  end: RunEnd;
  log: DecodeLog;
}

/**
 * Gets pictures out of a video with one child.
 * @param image is written too, of the first picture of a plan that seeks
 * @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED
 */
export async function decodeFrames(
  run: FrameRun & { descriptor: number | null },
  plan: FramePlan,
  sink: FrameSink,
  { ffmpegPath, limits, guard, signal }: PreviewTool,
  image?: ImageFile,
): Promise<FrameRunEnd> {
  const { width, height } = run.size;
  const seeking: DecodedFrame[] = [];
  const reader = new FrameReader((width * height * 3) / 2, (frame) => {
    if (plan.kind === 'seeks') seeking.push(frame);
    else sink.add(frame);
  });
  const log = new DecodeLog(run.source);
  const lines = new LineSplitter((line) => {
    log.read(line);
    reader.addLine(line);
  });
  const startedAt = performance.now();
  let logBytes = 0;
  const end = await runTool(
    {
      toolPath: ffmpegPath,
      arguments: frameArguments(run, plan, image),
      descriptor: run.descriptor,
      priority: PREVIEW_PRIORITY,
      onOutput: (chunk, { stop, restartClock }) => {
        reader.addPixels(chunk);
        const seconds = (performance.now() - startedAt) / 1000;
        if (seconds * 1000 > MOST_READING_MS) stop({ kind: 'timed-out', seconds });
        else restartClock();
      },
      onErrorOutput: (chunk, { stop }) => {
        lines.add(chunk);
        logBytes += chunk.length;
        if (logBytes > MOST_LOG_BYTES) stop({ kind: 'too-much-output' });
      },
    },
    limits,
    guard,
    signal,
  );
  lines.end();
  // A picture of one seek that was not written out would give its time to the next.
  if (reader.waiting === 0) for (const frame of seeking) sink.add(frame);
  return { end, log };
}
