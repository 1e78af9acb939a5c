import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { VitrineError } from '../../shared/errors';
import type { ChildGuard } from './child-guard';
import { killTree, STARTS_SESSIONS } from './kill-tree';
import { watchMemory } from './memory-watch';
import { toolEnvironment } from './tool-input';

/** A program to run once, and who reads what it writes. */
export interface ToolRun {
  /** Absolute path of the executable. */
  toolPath: string;
  arguments: readonly string[];
  /** Handed to the child as descriptor 3; stays the caller's to close. */
  descriptor: number | null;
  onOutput(chunk: Buffer, control: ToolControl): void;
  onErrorOutput(chunk: Buffer, control: ToolControl): void;
}

/** What a reader of a running tool's output may do about it. */
interface ToolControl {
  /** Kills it with everything that it started. */
  stop(reason: RunEnd): void;
  /** It got ahead: its time counts from now. */
  restartClock(): void;
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
const KILL_GRACE_MS = 2000;

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
 * Runs a program once, without a shell, at low priority, with nothing of our environment.
 * @throws VitrineError PROBE_TOOL_MISSING where it cannot be started, SYSTEM_BUSY where only now, CANCELLED when the
 *   signal aborts; by then the child is dead
 */
export function runTool(
  run: ToolRun,
  limits: ToolLimits,
  guard: ChildGuard,
  signal: AbortSignal,
): Promise<RunEnd> {
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const child = start(run, guard);
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
    const control: ToolControl = { stop, restartClock: () => deadline.refresh() };
    child.stdout?.on('data', (chunk: Buffer) => run.onOutput(chunk, control));
    child.stderr?.on('data', (chunk: Buffer) => run.onErrorOutput(chunk, control));
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
      resolve(stopped ?? endOf(code, endSignal));
    };
    child.once('error', (error) => {
      release();
      reject(notStarted(run.toolPath, error));
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

function start(run: ToolRun, guard: ChildGuard): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  if (run.descriptor !== null) stdio.push(run.descriptor);
  let child: ChildProcess;
  try {
    child = spawn(run.toolPath, run.arguments, {
      stdio,
      env: { ...toolEnvironment(process.env), ...guard.mark },
      detached: STARTS_SESSIONS,
      windowsHide: true,
    });
  } catch (thrown) {
    throw notStarted(run.toolPath, thrown);
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

function endOf(code: number | null, signal: string | null): RunEnd {
  return code === null
    ? { kind: 'signalled', signal: signal ?? 'unknown signal' }
    : { kind: 'exited', code };
}

function cancelled(): VitrineError {
  return new VitrineError('CANCELLED', 'Reading the file was cancelled.');
}

/** Too many processes or open files, too little memory, or the program is being replaced: that passes. */
const BUSY_CODES = ['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY'];

function notStarted(toolPath: string, thrown: unknown): VitrineError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const isBusy = BUSY_CODES.includes((thrown as NodeJS.ErrnoException | null)?.code ?? '');
  return new VitrineError(
    isBusy ? 'SYSTEM_BUSY' : 'PROBE_TOOL_MISSING',
    `${basename(toolPath)} cannot be started: ${reason}`,
    { path: toolPath },
  );
}
