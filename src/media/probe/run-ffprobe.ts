import type { ChildGuard } from '../children/child-guard';
import { type RunEnd, runTool, type ToolLimits } from '../children/run-tool';
import type { GivenInput } from '../children/tool-input';
import { ffprobeArguments } from './ffprobe-arguments';

/** What one child may use before it is killed. */
export interface RunLimits extends ToolLimits {
  outputBytes: number;
}

export interface FfprobeRun {
  end: RunEnd;
  output: Buffer;
  /** The first part of what ffprobe wrote to its standard error. */
  errorOutput: string;
}

/** The rest of an error output is read and dropped. */
const ERROR_BYTES_KEPT = 64 * 1024;

/**
 * Runs ffprobe once.
 * @throws VitrineError as {@link runTool} does
 */
export async function runFfprobe(
  ffprobePath: string,
  { source, descriptor }: GivenInput,
  limits: RunLimits,
  guard: ChildGuard,
  signal: AbortSignal,
): Promise<FfprobeRun> {
  const output = new Collected(limits.outputBytes);
  const errorOutput = new Collected(ERROR_BYTES_KEPT);
  const end = await runTool(
    {
      toolPath: ffprobePath,
      arguments: ffprobeArguments(source),
      descriptor,
      onOutput: (chunk, { stop }) => {
        if (!output.add(chunk)) stop({ kind: 'too-much-output' });
      },
      onErrorOutput: (chunk) => void errorOutput.add(chunk),
    },
    limits,
    guard,
    signal,
  );
  return { end, output: output.bytes, errorOutput: errorOutput.bytes.toString('utf8') };
}

/** What a child writes, up to a limit; the rest is dropped, so that the child never blocks on a full pipe. */
class Collected {
  readonly #chunks: Buffer[] = [];
  #room: number;

  constructor(limitBytes: number) {
    this.#room = limitBytes;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Answers whether all of it could be kept. */
  add(chunk: Buffer): boolean {
    const room = this.#room;
    if (room > 0) this.#chunks.push(chunk.subarray(0, room));
    this.#room = Math.max(0, room - chunk.length);
    return chunk.length <= room;
  }
}
