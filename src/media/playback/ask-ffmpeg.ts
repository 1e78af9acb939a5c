import { VitrineError } from '../../shared/errors';
import type { ChildGuard } from '../children/child-guard';
import { runTool } from '../children/run-tool';
import type { ToolLimits } from '../children/supervise';
import { type Encoder, HARDWARE_ENCODERS, SOFTWARE_ENCODER } from './encoders';

const LIMITS: ToolLimits = { seconds: 10, memoryBytes: 1024 * 1024 * 1024 };

/** A line of `ffmpeg -codecs`: whether it is decoded, encoded, of which type, three more flags, and its name. */
const CODEC_LINE = /^ D[.E][VAS]\S{3} (\S+)/gm;

/**
 * ffprobe's names of the codecs that this ffmpeg decodes.
 * @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY
 */
export async function decodedCodecs(
  ffmpegPath: string,
  guard: ChildGuard,
): Promise<ReadonlySet<string>> {
  const { works, output } = await ask(ffmpegPath, ['-v', 'quiet', '-codecs'], guard);
  // Half a list would be taken for the whole one until Vitrine is started again.
  if (!works) throw new VitrineError('SYSTEM_BUSY', 'ffmpeg did not say what it can decode.');
  return new Set([...output.matchAll(CODEC_LINE)].map(([, name = '']) => name));
}

/** The first hardware encoder that really encodes a few pictures, else the software one. */
export async function workingEncoder(ffmpegPath: string, guard: ChildGuard): Promise<Encoder> {
  for (const encoder of HARDWARE_ENCODERS[process.platform] ?? []) {
    const { works } = await ask(ffmpegPath, trialArguments(encoder), guard);
    if (works) return encoder;
  }
  return SOFTWARE_ENCODER;
}

/** Some hardware refuses small pictures, some drivers only the first one. */
function trialArguments({ name, device, upload, options }: Encoder): string[] {
  return [
    ...['-v', 'quiet', '-nostdin', ...device],
    ...['-f', 'lavfi', '-i', 'testsrc=size=1280x720:rate=25'],
    ...['-vf', ['format=yuv420p', ...upload].join(',')],
    ...['-frames:v', '10', '-c:v', name, ...options, '-f', 'null', '-'],
  ];
}

async function ask(
  toolPath: string,
  words: readonly string[],
  guard: ChildGuard,
): Promise<{ works: boolean; output: string }> {
  const chunks: Buffer[] = [];
  const end = await runTool(
    {
      toolPath,
      arguments: words,
      descriptor: null,
      onOutput: (chunk) => void chunks.push(chunk),
      onErrorOutput: () => undefined,
    },
    LIMITS,
    guard,
    new AbortController().signal,
  );
  return {
    works: end.kind === 'exited' && end.code === 0,
    output: Buffer.concat(chunks).toString(),
  };
}
