import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { VitrineError } from '../../shared/errors';
import type { ChildGuard } from './child-guard';
import { killTree, STARTS_SESSIONS } from './kill-tree';
import {
  KILL_GRACE_MS,
  type RunEnd,
  type RunningTool,
  supervise,
  type ToolControl,
  type ToolLimits,
  type ToolReader,
} from './supervise';
import { toolEnvironment } from './tool-input';

/** A program to run once, and who reads what it writes. */
export interface ToolRun extends ToolReader {
  /** Absolute path of the executable. */
  toolPath: string;
  arguments: readonly string[];
  /** Handed to the child as descriptor 3; stays the caller's to close. */
  descriptor: number | null;
  /** What it reads from its standard input; nothing unless given. */
  input?: readonly Uint8Array[];
  /** Of the child, in the numbers of `os.setPriority`; below normal unless given. */
  priority?: number;
}

/**
 * Runs a program once, without a shell, at low priority, with nothing of our environment.
 * @throws VitrineError PROBE_TOOL_MISSING where it cannot be started, SYSTEM_BUSY where only now, CANCELLED when the
 *   signal aborts; by then the child is dead
 */
export async function runTool(
  run: ToolRun,
  limits: ToolLimits,
  guard: ChildGuard,
  signal: AbortSignal,
): Promise<RunEnd> {
  return supervise((control) => start(run, guard, control), limits, signal);
}

function start(run: ToolRun, guard: ChildGuard, control: ToolControl): RunningTool {
  const { input, priority } = run;
  const child = spawnTool(run, guard, input ? 'pipe' : 'ignore');
  lowerPriority(child, priority);
  if (child.stdin && input) feed(child.stdin, input);
  child.stdout?.on('data', (chunk: Buffer) => run.onOutput(chunk, control));
  child.stderr?.on('data', (chunk: Buffer) => run.onErrorOutput(chunk, control));
  return {
    processId: () => child.pid,
    ended: endOf(child, run.toolPath),
    kill: () => killTree(child),
  };
}

/**
 * Starts a program without a shell and with nothing of our environment; what it writes is the caller's to read.
 * @throws VitrineError PROBE_TOOL_MISSING where it cannot be started, SYSTEM_BUSY where only now
 */
export function spawnTool(
  {
    toolPath,
    arguments: words,
    descriptor,
  }: Pick<ToolRun, 'toolPath' | 'arguments' | 'descriptor'>,
  guard: ChildGuard,
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const stdio: StdioOptions = [input, 'pipe', 'pipe'];
  if (descriptor !== null) stdio.push(descriptor);
  let child: ChildProcess;
  try {
    child = spawn(toolPath, words, { ...childOptions(guard), stdio });
  } catch (thrown) {
    throw notStarted(toolPath, thrown);
  }
  guard.adopt(child);
  return child;
}

function feed(stdin: Writable, input: readonly Uint8Array[]): void {
  // It ended before it had read everything: its exit code tells.
  stdin.on('error', () => undefined);
  for (const part of input) stdin.write(part);
  stdin.end();
}

/** How every child is started. */
export function childOptions(guard: ChildGuard) {
  return {
    env: { ...toolEnvironment(process.env), ...guard.mark },
    detached: STARTS_SESSIONS,
    windowsHide: true,
  };
}

export function lowerPriority(
  child: ChildProcess,
  priority: number = constants.priority.PRIORITY_BELOW_NORMAL,
): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, priority);
  } catch {
    // It has ended already, or the system forbids it: the work is the same at normal priority.
  }
}

/**
 * How it ends, after all of its output was handed on.
 * @throws VitrineError as {@link spawnTool}
 */
export function endOf(child: ChildProcess, toolPath: string): Promise<RunEnd> {
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const settle = (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(grace);
      resolve(
        code === null
          ? { kind: 'signalled', signal: signal ?? 'unknown signal' }
          : { kind: 'exited', code },
      );
    };
    child.once('error', (error) => reject(notStarted(toolPath, error)));
    // Whatever the child left behind may keep its pipes open for ever.
    child.once('exit', (code, signal) => {
      grace = setTimeout(() => {
        killTree(child);
        settle(code, signal);
      }, KILL_GRACE_MS);
    });
    child.once('close', settle);
  });
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
