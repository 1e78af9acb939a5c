import { VitrineError } from '../../shared/errors';
import { watchMemory } from './memory-watch';

/** A program that runs, in whatever way it was started. */
export interface RunningTool {
  /** Of the process whose memory is limited; undefined while there is none. */
  processId(): number | undefined;
  /**
   * How it ended, after all of its output was handed on.
   * @throws VitrineError PROBE_TOOL_MISSING where it cannot be started, SYSTEM_BUSY where only now
   */
  ended: Promise<RunEnd>;
  /** Kills it with everything that it started. */
  kill(): void;
}

/** What a reader of a running tool's output may do about it. */
export interface ToolControl {
  /** Kills it with everything that it started. */
  stop(reason: RunEnd): void;
  /** It got ahead: its time counts from now. */
  restartClock(): void;
}

/** Who reads what a tool writes. */
export interface ToolReader {
  onOutput(chunk: Buffer, control: ToolControl): void;
  onErrorOutput(chunk: Buffer, control: ToolControl): void;
}

/** What one child may use before it is killed. */
export interface ToolLimits {
  /** Wall time in seconds, since the start or the last {@link ToolControl.restartClock}. */
  seconds: number;
  memoryBytes: number;
}

/** How a run ended. */
export type RunEnd =
  | { kind: 'exited'; code: number }
  | { kind: 'signalled'; signal: string }
  | { kind: 'timed-out'; seconds: number }
  | { kind: 'too-much-output' }
  | { kind: 'too-much-memory' };

/** A killed child that hangs in the kernel (a dead network drive) is not waited for longer than this. */
export const KILL_GRACE_MS = 2000;

/**
 * Signals that come from outside: Ctrl-C in the terminal that the app was started from, the end of the session, the
 * system when memory is short. A crash has others.
 */
const INTERRUPTIONS: readonly string[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'];

/** Whether somebody else ended the run, so that its end says nothing about the file. */
export function wasInterrupted(end: RunEnd): boolean {
  return end.kind === 'signalled' && INTERRUPTIONS.includes(end.signal);
}

/**
 * Starts a program and keeps it within its limits.
 * @throws VitrineError CANCELLED when the signal aborts, by then the child is dead; whatever the start throws
 */
export function supervise(
  start: (control: ToolControl) => RunningTool,
  limits: ToolLimits,
  signal: AbortSignal,
): Promise<RunEnd> {
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    let stopped: RunEnd | 'aborted' | null = null;
    let grace: NodeJS.Timeout | undefined;
    const stop = (reason: RunEnd | 'aborted') => {
      stopped ??= reason;
      tool.kill();
      grace ??= setTimeout(() => settle(() => undefined), KILL_GRACE_MS);
    };
    const tool = start({ stop, restartClock: () => deadline.refresh() });
    const onAbort = () => stop('aborted');
    const deadline = setTimeout(
      () => stop({ kind: 'timed-out', seconds: limits.seconds }),
      limits.seconds * 1000,
    );
    const endMemoryWatch = watchMemory(tool.processId, limits.memoryBytes, () =>
      stop({ kind: 'too-much-memory' }),
    );
    signal.addEventListener('abort', onAbort, { once: true });

    /** @param unlessStopped what its own end came to */
    const settle = (unlessStopped: () => void) => {
      clearTimeout(deadline);
      clearTimeout(grace);
      endMemoryWatch();
      signal.removeEventListener('abort', onAbort);
      if (stopped === null) unlessStopped();
      else if (stopped === 'aborted') reject(cancelled());
      else resolve(stopped);
    };
    tool.ended.then(
      (end) => settle(() => resolve(end)),
      (thrown: unknown) => settle(() => reject(thrown)),
    );
  });
}

function cancelled(): VitrineError {
  return new VitrineError('CANCELLED', 'Reading the file was cancelled.');
}
