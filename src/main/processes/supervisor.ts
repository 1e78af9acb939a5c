import { VitrineError } from '../../shared/errors';
import { SYSTEM_TIMERS, type Timers } from '../timers';

/** A forked process as the supervisor sees it; the Electron adapter is `utility-process.ts`. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Called once, when the process says that it can be connected to. */
  onReady(listener: () => void): void;
  /** Called once, with the exit code. */
  onExit(listener: (code: number) => void): void;
  /** Ends the process; `force` cannot be ignored by it. */
  kill(force: boolean): void;
}

export interface SupervisorOptions<Process extends WorkerProcess, Connection> {
  /** For messages: `library`, `media`. */
  name: string;
  fork(): Process;
  /**
   * Makes the process usable after its ready handshake. A {@link VitrineError} other than `WORKER_CRASHED` is the
   * process's own refusal (a locked library): it is kept as the reason, and there is no restart.
   */
  connect(process: Process): Promise<Connection>;
  /** Ends the connection of a process that is gone, so that calls in flight reject. */
  disconnect(connection: Connection): void;
  onUp?(connection: Connection, process: Process): void;
  onDown?(error: VitrineError): void;
  readyTimeoutMs?: number;
  timers?: Timers;
}

const READY_TIMEOUT_MS = 20_000;
const KILL_AFTER_MS = 5_000;
const CRASH_LIMIT = 3;
const CRASH_WINDOW_MS = 5 * 60_000;
const BACKOFF_MS = [100, 1_000, 3_000];

interface Waiter<Connection> {
  resolve(connection: Connection): void;
  reject(error: VitrineError): void;
}

/**
 * Owns one utility process: fork, ready handshake with time-out, restart with backoff after a crash, and giving up
 * after three crashes in five minutes. Every process it forks is a generation; what an older generation still says
 * (a late ready, a late exit) is dropped.
 */
export class Supervisor<Process extends WorkerProcess, Connection> {
  readonly #options: SupervisorOptions<Process, Connection>;
  readonly #timers: Timers;
  readonly #crashes: number[] = [];
  #generation = 0;
  #process: Process | null = null;
  #connection: Connection | null = null;
  #waiters: Waiter<Connection>[] = [];
  #refusal: VitrineError | null = null;
  #stopped = true;
  #restartTimer: unknown;

  constructor(options: SupervisorOptions<Process, Connection>) {
    this.#options = options;
    this.#timers = options.timers ?? SYSTEM_TIMERS;
  }

  /**
   * Starts the process, also again after a refusal or after giving up (the crash history is forgotten).
   * @throws VitrineError the process's refusal, or `WORKER_CRASHED` when it gave up
   */
  start(): Promise<Connection> {
    if (this.#stopped || this.#refusal) {
      this.#stopped = false;
      this.#refusal = null;
      this.#crashes.length = 0;
      this.#launch();
    }
    return this.connection();
  }

  /** The live connection; waits during a start or restart, rejects when there will be none. */
  connection(): Promise<Connection> {
    if (this.#connection) return Promise.resolve(this.#connection);
    if (this.#refusal) return Promise.reject(this.#refusal);
    if (this.#stopped) return Promise.reject(this.#gone('is not running'));
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** The live connection, if there is one at this moment. */
  get current(): Connection | null {
    return this.#connection;
  }

  /**
   * The connection ended by itself. Its process is of no use any more: it is ended, and whoever asks from now on waits
   * for the next one, even though the exit has not been seen yet.
   */
  lost(connection: Connection): void {
    if (connection !== this.#connection) return;
    this.#closeConnection(this.#gone('lost its connection'));
    this.#process?.kill(true);
  }

  /** Ends a process that does not react any more, and starts another. It counts as no crash. */
  restart(): void {
    if (this.#stopped || !this.#process) return;
    this.#process.kill(true);
    this.#closeConnection(this.#gone('did not react and was ended'));
    this.#launch();
  }

  /**
   * Ends the process for good: asks, then kills after 5 s; `force`: kills at once. Resolves when it is gone.
   */
  async stop({ force = false } = {}): Promise<void> {
    this.#stopped = true;
    this.#timers.clearTimeout(this.#restartTimer);
    const process = this.#process;
    this.#generation++;
    this.#process = null;
    this.#dropConnection(this.#gone('was stopped'));
    if (!process) return;
    await new Promise<void>((resolve) => {
      const timer = this.#timers.setTimeout(() => process.kill(true), KILL_AFTER_MS);
      process.onExit(() => {
        this.#timers.clearTimeout(timer);
        resolve();
      });
      process.kill(force);
    });
  }

  #launch(): void {
    const generation = ++this.#generation;
    const current = () => generation === this.#generation;
    const process = this.#options.fork();
    this.#process = process;
    const readyTimer = this.#timers.setTimeout(() => {
      if (current()) process.kill(true);
    }, this.#options.readyTimeoutMs ?? READY_TIMEOUT_MS);
    process.onExit((code) => {
      this.#timers.clearTimeout(readyTimer);
      if (current()) this.#crashed(code);
    });
    process.onReady(() => {
      this.#timers.clearTimeout(readyTimer);
      if (current()) void this.#connect(process, current);
    });
  }

  async #connect(process: Process, current: () => boolean): Promise<void> {
    try {
      const connection = await this.#options.connect(process);
      if (!current()) {
        this.#options.disconnect(connection);
        return;
      }
      this.#connection = connection;
      this.#options.onUp?.(connection, process);
      for (const waiter of this.#waiters.splice(0)) waiter.resolve(connection);
    } catch (thrown) {
      if (!current()) return;
      if (thrown instanceof VitrineError && thrown.code !== 'WORKER_CRASHED') {
        this.#refuse(thrown, process);
      } else {
        // The exit event that follows counts it as a crash.
        process.kill(true);
      }
    }
  }

  #refuse(error: VitrineError, process: Process): void {
    this.#generation++;
    this.#process = null;
    this.#refusal = error;
    process.kill(false);
    this.#dropConnection(error);
  }

  #crashed(code: number): void {
    this.#process = null;
    const now = this.#timers.now();
    while (this.#crashes[0] !== undefined && this.#crashes[0] <= now - CRASH_WINDOW_MS) {
      this.#crashes.shift();
    }
    this.#crashes.push(now);
    const error = this.#gone(`ended unexpectedly with code ${code}`);
    if (this.#crashes.length >= CRASH_LIMIT) {
      this.#refusal = new VitrineError(
        'WORKER_CRASHED',
        `The ${this.#options.name} process crashed ${CRASH_LIMIT} times in five minutes.`,
      );
      this.#dropConnection(this.#refusal);
      return;
    }
    const delay = BACKOFF_MS[this.#crashes.length - 1] ?? 0;
    this.#restartTimer = this.#timers.setTimeout(() => this.#launch(), delay);
    this.#closeConnection(error);
  }

  /** Those who wait stay waiting: a restart is under way. */
  #closeConnection(error: VitrineError): void {
    const connection = this.#connection;
    this.#connection = null;
    if (connection === null) return;
    this.#options.disconnect(connection);
    this.#options.onDown?.(error);
  }

  #dropConnection(error: VitrineError): void {
    this.#closeConnection(error);
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
  }

  #gone(what: string): VitrineError {
    return new VitrineError('WORKER_CRASHED', `The ${this.#options.name} process ${what}.`);
  }
}
