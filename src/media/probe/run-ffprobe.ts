import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { VitrineError } from '../../shared/errors';
import type { ChildGuard } from './child-guard';
import { ffprobeArguments, ffprobeEnvironment } from './ffprobe-arguments';
import { killTree, STARTS_SESSIONS } from './kill-tree';
import { watchMemory } from './memory-watch';

/** What one child may use before it is killed. */
export interface RunLimits {
  /** Wall time in seconds. */
  seconds: number;
  outputBytes: number;
  memoryBytes: number;
}

/** How a run ended. */
type RunEnd =
  | { kind: 'exited'; code: number }
  | { kind: 'signalled'; signal: string }
  | { kind: 'timed-out'; seconds: number }
  | { kind: 'too-much-output' }
  | { kind: 'too-much-memory' };

export interface FfprobeRun {
  end: RunEnd;
  output: Buffer;
  /** The first part of what ffprobe wrote to its standard error. */
  errorOutput: string;
}

export interface FfprobeInput {
  ffprobePath: string;
  /** What stands behind `file:`. */
  source: string;
  /** Handed to the child as descriptor 3; stays the caller's to close. */
  descriptor: number | null;
}

/** The rest of an error output is read and dropped. */
const ERROR_BYTES_KEPT = 64 * 1024;

/** A killed child that hangs in the kernel (a dead network drive) is not waited for longer than this. */
const KILL_GRACE_MS = 2000;

/**
 * Runs ffprobe once, at low priority.
 * @throws VitrineError PROBE_TOOL_MISSING where it cannot be started, CANCELLED when the signal aborts; by then the
 *   child is dead
 */
export function runFfprobe(
  input: FfprobeInput,
  limits: RunLimits,
  guard: ChildGuard,
  signal: AbortSignal,
): Promise<FfprobeRun> {
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const child = start(input, guard);
    const output = collect(child.stdout, limits.outputBytes, () =>
      stop({ kind: 'too-much-output' }),
    );
    const errorOutput = collect(child.stderr, ERROR_BYTES_KEPT, () => undefined);
    let stopped: RunEnd | 'aborted' | null = null;
    let grace: NodeJS.Timeout | undefined;

    const stop = (reason: RunEnd | 'aborted') => {
      stopped ??= reason;
      killTree(child);
      grace ??= setTimeout(() => settle(null, null), KILL_GRACE_MS);
    };
    const onAbort = () => stop('aborted');
    const deadline = setTimeout(
      () => stop({ kind: 'timed-out', seconds: limits.seconds }),
      limits.seconds * 1000,
    );
    const endMemoryWatch = watchMemory(child, limits.memoryBytes, () =>
      stop({ kind: 'too-much-memory' }),
    );
    signal.addEventListener('abort', onAbort, { once: true });

    const release = () => {
      clearTimeout(deadline);
      clearTimeout(grace);
      endMemoryWatch();
      signal.removeEventListener('abort', onAbort);
    };
    const settle = (code: number | null, endSignal: string | null) => {
      release();
      if (stopped === 'aborted') return reject(cancelled());
      const end = stopped ?? endOf(code, endSignal);
      resolve({ end, output: output(), errorOutput: errorOutput().toString('utf8') });
    };
    child.once('error', (error) => {
      release();
      reject(notStarted(input.ffprobePath, error));
    });
    // Whatever the child left behind may keep its pipes open for ever.
    child.once('exit', (code, endSignal) => {
      clearTimeout(grace);
      grace = setTimeout(() => {
        killTree(child);
        settle(code, endSignal);
      }, KILL_GRACE_MS);
    });
    child.once('close', settle);
  });
}

function start({ ffprobePath, source, descriptor }: FfprobeInput, guard: ChildGuard): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  if (descriptor !== null) stdio.push(descriptor);
  let child: ChildProcess;
  try {
    child = spawn(ffprobePath, ffprobeArguments(source), {
      stdio,
      env: { ...ffprobeEnvironment(process.env), ...guard.mark },
      detached: STARTS_SESSIONS,
      windowsHide: true,
    });
  } catch (thrown) {
    throw notStarted(ffprobePath, thrown);
  }
  guard.adopt(child);
  lowerPriority(child);
  return child;
}

function lowerPriority(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system forbids it: the work is the same at normal priority.
  }
}

/** Gathers a stream up to a limit; what comes beyond it is dropped, so that the child never blocks on a full pipe. */
function collect(
  stream: NodeJS.ReadableStream | null,
  limitBytes: number,
  onExceeded: () => void,
): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    const room = limitBytes - size;
    if (room > 0) chunks.push(chunk.subarray(0, room));
    size += chunk.length;
    if (chunk.length > room && room >= 0) onExceeded();
  });
  return () => Buffer.concat(chunks);
}

function endOf(code: number | null, signal: string | null): RunEnd {
  return code === null
    ? { kind: 'signalled', signal: signal ?? 'unknown signal' }
    : { kind: 'exited', code };
}

function cancelled(): VitrineError {
  return new VitrineError('CANCELLED', 'Reading the file was cancelled.');
}

function notStarted(ffprobePath: string, thrown: unknown): VitrineError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new VitrineError('PROBE_TOOL_MISSING', `ffprobe cannot be started: ${reason}`, {
    path: ffprobePath,
  });
}
