import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { ChildGuard } from './child-guard';
import { childrenOf, killDescendants } from './kill-tree';
import { MarkedOutput } from './marked-output';
import { childOptions, lowerPriority } from './run-tool';
import type { RunEnd, RunningTool, ToolControl, ToolReader } from './supervise';
import { inputAddress } from './tool-input';

/**
 * Runs the command `$2 …` once for each line that it reads, the line as its last argument, and ends each run with a line
 * that begins with `$1` on both outputs. A line is data and never looked at as code.
 */
const SCRIPT = `
mark=$1
shift
while IFS= read -r address; do
  "$@" "$address" </dev/null 2>&3 3>&-
  printf '\\n%s %d\\n' "$mark" "$?"
  printf '\\n%s\\n' "$mark" >&3
done
`;

/** Status of a shell for a command that it did not find or could not start, which says too little of why. */
const NOT_STARTED_STATUSES = [126, 127];
/** Added to the number of the signal that ended a command. */
const SIGNAL_STATUS = 128;
/** Digits of a status, and the space before them. */
const LONGEST_STATUS = 4;
/** A run that is to end may be about to start its program: it is killed until it has ended, every so many milliseconds. */
const KILL_INTERVAL_MS = 20;

/** The server could not run the program: it has to be started in another way, which tells why. */
export class NotForked extends Error {}

/** Whether there is a use for fork servers: elsewhere a child is started without a copy of its parent. */
export const HAS_FORK_SERVERS = process.platform === 'linux';

/** Whether a server can be told of an input. */
export function isForkable(source: string): boolean {
  return !source.includes('\n');
}

interface ServedRun {
  reader: ToolReader;
  control: ToolControl;
  status: number | null;
  errorOutputEnded: boolean;
  resolve(end: RunEnd): void;
  reject(thrown: unknown): void;
}

/**
 * A tiny process that starts one program after the other. On Linux Node starts a child by a copy of its own process: of
 * the media process, whose tables of pages are copied and thrown away for each ffprobe, which took a fifth of the whole
 * machine during a scan. The shell that does it here is a hundred times smaller.
 */
export class ForkServer {
  readonly #shell: ChildProcess;
  readonly #output: MarkedOutput;
  readonly #errorOutput: MarkedOutput;
  #run: ServedRun | null = null;
  /** It has ended, or a killed run may have left somebody behind who writes into the next one's output. */
  #isSpent = false;

  /** @throws NotForked when it cannot be started */
  constructor(toolPath: string, words: readonly string[], guard: ChildGuard) {
    const mark = randomUUID();
    this.#output = new MarkedOutput(mark, LONGEST_STATUS);
    this.#errorOutput = new MarkedOutput(mark, 0);
    this.#shell = spawnShell([mark, toolPath, ...words], guard);
    guard.adopt(this.#shell);
    lowerPriority(this.#shell);
    this.#listen();
  }

  /** Whether it may be given a run. */
  get isFree(): boolean {
    return this.#run === null && !this.#isSpent;
  }

  /** Ends by itself, after its run if it has one. */
  end(): void {
    this.#input.end();
  }

  /** {@link RunningTool.ended} rejects with {@link NotForked} where nothing is known of the program. */
  start(source: string, reader: ToolReader, control: ToolControl): RunningTool {
    const ended = new Promise<RunEnd>((resolve, reject) => {
      this.#run = { reader, control, status: null, errorOutputEnded: false, resolve, reject };
    });
    this.#input.write(`${inputAddress(source)}\n`);
    let killing: NodeJS.Timeout | undefined;
    const endKilling = () => clearInterval(killing);
    ended.then(endKilling, endKilling);
    return {
      processId: () => childrenOf(this.#shell.pid)[0],
      ended,
      kill: () => {
        this.#isSpent = true;
        killDescendants(this.#shell.pid);
        killing ??= setInterval(() => killDescendants(this.#shell.pid), KILL_INTERVAL_MS);
      },
    };
  }

  get #input(): Writable {
    return this.#shell.stdin as Writable;
  }

  #listen(): void {
    // What became of it is told when it ends.
    this.#input.on('error', () => undefined);
    this.#shell.stdout?.on('data', (chunk: Buffer) => this.#readOutput(chunk));
    (this.#shell.stdio[3] as Readable).on('data', (chunk: Buffer) => this.#readErrorOutput(chunk));
    this.#shell.once('error', () => this.#close(null));
    this.#shell.once('close', (_code, signal) => this.#close(signal));
  }

  #readOutput(chunk: Buffer): void {
    const run = this.#run;
    const status = this.#output.read(chunk, (part) => run?.reader.onOutput(part, run.control));
    if (!run || status === null) return;
    run.status = Number(status);
    this.#settle(run);
  }

  #readErrorOutput(chunk: Buffer): void {
    const run = this.#run;
    const rest = this.#errorOutput.read(chunk, (part) =>
      run?.reader.onErrorOutput(part, run.control),
    );
    if (!run || rest === null) return;
    run.errorOutputEnded = true;
    this.#settle(run);
  }

  #settle(run: ServedRun): void {
    const { status, errorOutputEnded } = run;
    if (status === null || !errorOutputEnded) return;
    this.#run = null;
    if (NOT_STARTED_STATUSES.includes(status)) run.reject(new NotForked());
    else run.resolve(endOfStatus(status));
  }

  #close(signal: NodeJS.Signals | null): void {
    this.#isSpent = true;
    const run = this.#run;
    this.#run = null;
    if (signal === null) run?.reject(new NotForked());
    else run?.resolve({ kind: 'signalled', signal });
  }
}

function spawnShell(words: readonly string[], guard: ChildGuard): ChildProcess {
  try {
    return spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...words], {
      ...childOptions(guard),
      stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    });
  } catch {
    throw new NotForked();
  }
}

function endOfStatus(status: number): RunEnd {
  if (status <= SIGNAL_STATUS) return { kind: 'exited', code: status };
  const number = status - SIGNAL_STATUS;
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return { kind: 'signalled', signal: name ?? `signal ${number}` };
}
