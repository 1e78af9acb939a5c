import { beforeEach, describe, expect, it } from 'vitest';
import { VitrineError } from '../../shared/errors';
import { ManualTimers } from '../testing/manual-timers';
import { Supervisor, type WorkerProcess } from './supervisor';

/** A process whose life the test decides. */
class FakeProcess implements WorkerProcess {
  readonly pid: number;
  readonly kills: boolean[] = [];
  #ready = () => {};
  readonly #exits: ((code: number) => void)[] = [];

  constructor(pid: number) {
    this.pid = pid;
  }

  onReady(listener: () => void) {
    this.#ready = listener;
  }
  onExit(listener: (code: number) => void) {
    this.#exits.push(listener);
  }
  kill(force: boolean) {
    this.kills.push(force);
  }
  becomeReady() {
    this.#ready();
  }
  exit(code: number) {
    for (const listener of this.#exits) listener(code);
  }
}

let forked: FakeProcess[];
let timers: ManualTimers;
let events: string[];
let refusal: VitrineError | null;

function supervise() {
  return new Supervisor<FakeProcess, string>({
    name: 'test',
    fork: () => {
      const process = new FakeProcess(forked.length + 1);
      forked.push(process);
      return process;
    },
    connect: async (process) => {
      if (refusal) throw refusal;
      return `connection ${process.pid}`;
    },
    disconnect: (connection) => events.push(`closed ${connection}`),
    onUp: (connection) => events.push(`up ${connection}`),
    onDown: () => events.push('down'),
    readyTimeoutMs: 1_000,
    timers,
  });
}

const latest = () => forked[forked.length - 1] as FakeProcess;
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: VitrineError) => error.code,
  );

beforeEach(() => {
  forked = [];
  timers = new ManualTimers();
  events = [];
  refusal = null;
});

describe('Supervisor', () => {
  it('gives the connection once the process said that it is ready', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    expect(await started).toBe('connection 1');
    expect(await supervisor.connection()).toBe('connection 1');
    expect(forked).toHaveLength(1);
  });

  it('kills a process that never becomes ready, and starts another', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    timers.advance(1_000);
    expect(latest().kills).toEqual([true]);
    latest().exit(9);
    timers.advance(100);
    latest().becomeReady();
    expect(await started).toBe('connection 2');
  });

  it('restarts after a crash; who asks meanwhile gets the new connection', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    await started;
    latest().exit(1);
    const next = supervisor.connection();
    timers.advance(100);
    latest().becomeReady();
    expect(await next).toBe('connection 2');
    expect(events).toEqual(['up connection 1', 'closed connection 1', 'down', 'up connection 2']);
  });

  it('gives nobody a connection that has ended, also before the exit is seen', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    supervisor.lost(await started);
    const next = supervisor.connection();
    expect(latest().kills).toEqual([true]);
    latest().exit(9);
    timers.advance(100);
    latest().becomeReady();
    expect(await next).toBe('connection 2');
    supervisor.lost('connection 1');
    expect(await supervisor.connection()).toBe('connection 2');
    expect(events).toEqual(['up connection 1', 'closed connection 1', 'down', 'up connection 2']);
  });

  it('waits longer before the second restart than before the first', async () => {
    const supervisor = supervise();
    void supervisor.start();
    latest().exit(1);
    timers.advance(100);
    expect(forked).toHaveLength(2);
    latest().exit(1);
    timers.advance(999);
    expect(forked).toHaveLength(2);
    timers.advance(1);
    expect(forked).toHaveLength(3);
  });

  it('gives up after three crashes in five minutes and says so to everyone', async () => {
    const supervisor = supervise();
    const started = code(supervisor.start());
    for (const delay of [100, 1_000, 3_000]) {
      latest().exit(1);
      timers.advance(delay);
    }
    expect(forked).toHaveLength(3);
    expect(await started).toBe('WORKER_CRASHED');
    expect(await code(supervisor.connection())).toBe('WORKER_CRASHED');
  });

  it('forgets crashes that are more than five minutes old', async () => {
    const supervisor = supervise();
    void supervisor.start();
    for (let crash = 0; crash < 5; crash++) {
      latest().exit(1);
      timers.advance(5 * 60_000);
    }
    expect(forked).toHaveLength(6);
  });

  it('starts afresh when told to after it gave up', async () => {
    const supervisor = supervise();
    const first = code(supervisor.start());
    for (const delay of [100, 1_000, 3_000]) {
      latest().exit(1);
      timers.advance(delay);
    }
    await first;
    const again = supervisor.start();
    latest().becomeReady();
    expect(await again).toBe('connection 4');
  });

  it('counts from nothing after crashes that were forgiven, and starts again when it had given up', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    await started;
    for (let crash = 0; crash < 2; crash++) {
      latest().exit(1);
      timers.advance(1_000);
      latest().becomeReady();
      await supervisor.connection();
    }
    supervisor.forgive();
    for (let crash = 0; crash < 3; crash++) {
      latest().exit(1);
      timers.advance(3_000);
    }
    expect(await code(supervisor.connection())).toBe('WORKER_CRASHED');
    supervisor.forgive();
    latest().becomeReady();
    expect(await supervisor.connection()).toBe('connection 6');
  });

  it('leaves a refusal as it is when crashes are forgiven', async () => {
    refusal = new VitrineError('LIBRARY_LOCKED', 'in use');
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    expect(await code(started)).toBe('LIBRARY_LOCKED');
    supervisor.forgive();
    expect(forked).toHaveLength(1);
    expect(await code(supervisor.connection())).toBe('LIBRARY_LOCKED');
  });

  it('keeps a refusal as the reason and does not restart', async () => {
    refusal = new VitrineError('LIBRARY_LOCKED', 'in use');
    const supervisor = supervise();
    const started = code(supervisor.start());
    latest().becomeReady();
    expect(await started).toBe('LIBRARY_LOCKED');
    latest().exit(0);
    timers.advance(10_000);
    expect(forked).toHaveLength(1);
    expect(await code(supervisor.connection())).toBe('LIBRARY_LOCKED');
  });

  it('drops what an older generation still says', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    const older = latest();
    older.exit(1);
    timers.advance(100);
    latest().becomeReady();
    expect(await started).toBe('connection 2');
    older.becomeReady();
    older.exit(1);
    timers.advance(10_000);
    expect(forked).toHaveLength(2);
    expect(await supervisor.connection()).toBe('connection 2');
  });

  it('ends the process when stopped, by force after five seconds, and does not restart it', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    await started;
    const stopped = supervisor.stop();
    expect(latest().kills).toEqual([false]);
    timers.advance(5_000);
    expect(latest().kills).toEqual([false, true]);
    latest().exit(9);
    await stopped;
    timers.advance(10_000);
    expect(forked).toHaveLength(1);
    expect(await code(supervisor.connection())).toBe('WORKER_CRASHED');
  });

  it('rejects who waits for a start that is stopped', async () => {
    const supervisor = supervise();
    const started = code(supervisor.start());
    const stopped = supervisor.stop();
    latest().exit(0);
    await stopped;
    expect(await started).toBe('WORKER_CRASHED');
  });

  it('replaces a process that does not react without counting a crash', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    await started;
    for (const next of [2, 3, 4, 5]) {
      const old = latest();
      supervisor.restart();
      expect(old.kills).toEqual([true]);
      expect(supervisor.current).toBeNull();
      const asked = supervisor.connection();
      old.exit(9);
      latest().becomeReady();
      expect(await asked).toBe(`connection ${next}`);
    }
    expect(forked).toHaveLength(5);
  });

  it('ends a process that failed, answers with the reason, and starts another when asked to', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    await started;
    supervisor.fail(new VitrineError('LIBRARY_CORRUPT', 'damaged'));
    expect(latest().kills).toEqual([false]);
    expect(events).toEqual(['up connection 1', 'closed connection 1', 'down']);
    latest().exit(15);
    timers.advance(10_000);
    expect(await code(supervisor.connection())).toBe('LIBRARY_CORRUPT');
    expect(forked).toHaveLength(1);
    const again = supervisor.start();
    latest().becomeReady();
    expect(await again).toBe('connection 2');
  });

  it('kills at once when it is told to', async () => {
    const supervisor = supervise();
    const started = supervisor.start();
    latest().becomeReady();
    await started;
    const stopped = supervisor.stop({ force: true });
    expect(latest().kills).toEqual([true]);
    latest().exit(9);
    await stopped;
    supervisor.restart();
    expect(forked).toHaveLength(1);
  });
});
