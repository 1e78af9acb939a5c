import type { ChildGuard } from '../children/child-guard';
import { HAS_FORK_SERVERS, isForkable, NotForked } from '../children/fork-server';
import { ForkServers } from '../children/fork-servers';
import { runTool } from '../children/run-tool';
import { type RunEnd, supervise, type ToolLimits, type ToolReader } from '../children/supervise';
import type { GivenInput } from '../children/tool-input';
import { FFPROBE_OPTIONS, ffprobeArguments } from './ffprobe-arguments';

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

/** Runs ffprobe on one file after the other, each in a process of its own. */
export class FfprobeRunner {
  readonly #ffprobePath: string;
  readonly #limits: RunLimits;
  readonly #guard: ChildGuard;
  readonly #servers: ForkServers;

  constructor(ffprobePath: string, limits: RunLimits, guard: ChildGuard) {
    this.#ffprobePath = ffprobePath;
    this.#limits = limits;
    this.#guard = guard;
    this.#servers = new ForkServers(ffprobePath, FFPROBE_OPTIONS, guard);
  }

  /** @throws VitrineError as {@link runTool} does */
  async run(input: GivenInput, signal: AbortSignal): Promise<FfprobeRun> {
    if (HAS_FORK_SERVERS && input.descriptor === null && isForkable(input.source)) {
      try {
        return await this.#collect((reader) => this.#fork(input.source, reader, signal));
      } catch (thrown) {
        if (!(thrown instanceof NotForked)) throw thrown;
      }
    }
    return await this.#collect((reader) => this.#spawn(input, reader, signal));
  }

  async #collect(run: (reader: ToolReader) => Promise<RunEnd>): Promise<FfprobeRun> {
    const output = new Collected(this.#limits.outputBytes);
    const errorOutput = new Collected(ERROR_BYTES_KEPT);
    const end = await run({
      onOutput: (chunk, { stop }) => {
        if (!output.add(chunk)) stop({ kind: 'too-much-output' });
      },
      onErrorOutput: (chunk) => void errorOutput.add(chunk),
    });
    return { end, output: output.bytes, errorOutput: errorOutput.bytes.toString('utf8') };
  }

  #fork(source: string, reader: ToolReader, signal: AbortSignal): Promise<RunEnd> {
    return this.#servers.use((server) =>
      supervise((control) => server.start(source, reader, control), this.#limits, signal),
    );
  }

  #spawn(
    { source, descriptor }: GivenInput,
    reader: ToolReader,
    signal: AbortSignal,
  ): Promise<RunEnd> {
    const run = {
      ...reader,
      toolPath: this.#ffprobePath,
      arguments: ffprobeArguments(source),
      descriptor,
    };
    return runTool(run, this.#limits, this.#guard, signal);
  }
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
