import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { VitrineError } from '../../shared/errors';
import type { ChildGuard } from '../children/child-guard';
import { killTree } from '../children/kill-tree';
import { watchMemory } from '../children/memory-watch';
import { endOf, spawnTool } from '../children/run-tool';
import type { ByteSource } from './byte-source';

/** What one ffmpeg may hold; 4K through x264 takes a quarter of it. */
const MEMORY_BYTES = 3 * 1024 * 1024 * 1024;

/** Of the words of a failure, the last that are kept. */
const KEPT_ERROR_CHARACTERS = 2000;

interface SourceRun {
  toolPath: string;
  arguments: readonly string[];
  /** Handed to the child as descriptor 3; stays the caller's to close. */
  descriptor: number | null;
  /** What the child reads from its standard input; null: nothing. */
  input: Uint8Array | null;
}

/**
 * What a child process writes to its standard output. While nobody reads, the pipe is full and the child stands still:
 * nothing is kept anywhere else.
 */
export class ToolSource implements ByteSource {
  readonly sizeBytes = null;
  readonly #child: ChildProcess;
  readonly #chunks: NodeJS.AsyncIterator<Buffer>;
  readonly #ended: Promise<VitrineError | null>;
  readonly #endMemoryWatch: () => void;
  #errorOutput = '';
  #closed = false;
  #rejectRead: ((error: VitrineError) => void) | null = null;

  /** @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY */
  constructor(run: SourceRun, guard: ChildGuard) {
    const child = spawnTool(run, guard, run.input ? 'pipe' : 'ignore');
    this.#child = child;
    // It may end before it has read all.
    child.stdin?.on('error', () => undefined).end(run.input);
    const stdout = child.stdout as Readable;
    // Node throws away what a child has written when it ends before anybody listens; the iterator listens late.
    stdout.on('readable', () => undefined);
    this.#chunks = stdout[Symbol.asyncIterator]();
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#errorOutput = (this.#errorOutput + chunk).slice(-KEPT_ERROR_CHARACTERS);
    });
    this.#endMemoryWatch = watchMemory(
      () => child.pid,
      MEMORY_BYTES,
      () => killTree(child),
    );
    this.#ended = this.#watchEnd();
  }

  read(): Promise<Uint8Array | null> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      this.#rejectRead = reject;
      this.#next().then(resolve, reject);
    });
  }

  close(): void {
    this.#closed = true;
    // A child that hangs in the kernel cannot be killed, and must not keep its reader.
    this.#rejectRead?.(closed());
    killTree(this.#child);
    this.#child.stdout?.destroy();
  }

  async #next(): Promise<Uint8Array | null> {
    const { done, value } = await this.#chunks.next();
    if (!done) return value;
    const failure = await this.#ended;
    if (failure) throw failure;
    return null;
  }

  /** Why it failed; null when it wrote everything. */
  async #watchEnd(): Promise<VitrineError | null> {
    try {
      const end = await endOf(this.#child, this.#child.spawnfile);
      if (end.kind === 'exited' && end.code === 0) return null;
      return new VitrineError('INTERNAL', this.#errorOutput || `ffmpeg ended: ${end.kind}.`);
    } catch (thrown) {
      return thrown as VitrineError;
    } finally {
      this.#endMemoryWatch();
    }
  }
}

function closed(): VitrineError {
  return new VitrineError('CANCELLED', 'The stream was closed.');
}
