import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ErrorCode, VitrineError } from '../../shared/errors';
import type { JobPriority, JobStatus } from '../../shared/job';
import type { WatchableRoot } from '../../shared/library-protocol';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings';
import { ManualTimers } from '../testing/manual-timers';
import { WatchService, type WatchServiceOptions, type WatchStatus } from './watch-service';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The other processes, and the drives. */
class World {
  library: WatchableRoot[] = [];
  readonly unplugged = new Set<number>();
  /** Roots that the system does not watch. */
  readonly refused = new Map<number, string>();
  /** Roots at which a look fails. */
  readonly failing = new Map<number, ErrorCode>();
  readonly watched = new Set<number>();
  #scans: [rootId: number, priority: JobPriority][] = [];
  currentSettings: Settings = DEFAULT_SETTINGS;
  isLibraryUp = true;
  /** Waited for by every look at a drive. */
  hang: Promise<void> = Promise.resolve();

  add(rootId: number, volume: WatchableRoot['volume'] = 'unknown'): void {
    this.library.push({ rootId, rootPath: `/films ${rootId}`, online: true, volume });
  }

  root(rootId: number): WatchableRoot {
    const root = this.library.find((candidate) => candidate.rootId === rootId);
    if (!root) throw new VitrineError('ROOT_NOT_FOUND', `There is no folder ${rootId}.`);
    return root;
  }

  /** Scans that were submitted since the last look. */
  takeScans(): [number, JobPriority][] {
    return this.#scans.splice(0);
  }

  readonly services: WatchServiceOptions['services'] = {
    roots: async () => this.library.map((root) => ({ ...root })),
    settings: async () => this.currentSettings,
    isRootBack: async (rootId) => {
      await this.hang;
      const failure = this.failing.get(rootId);
      if (failure) throw new VitrineError(failure, `${failure} at ${rootId}`);
      return !this.unplugged.has(rootId);
    },
    watchRoot: async ({ rootId }) => {
      const reason = this.refused.get(rootId);
      if (reason !== undefined) return { state: 'refused', reason };
      const renewed = !this.watched.has(rootId);
      this.watched.add(rootId);
      return { state: 'watching', renewed };
    },
    unwatchRoot: async (rootId) => this.watched.delete(rootId),
    setRootOnline: async (rootId, online) => Object.assign(this.root(rootId), { online }),
    submitScan: async (rootId, priority) => {
      if (!this.isLibraryUp) throw new VitrineError('WORKER_CRASHED', 'The library is gone.');
      this.#scans.push([rootId, priority]);
    },
  };
}

let world: World;
let timers: ManualTimers;
let service: WatchService;
let told: WatchStatus[];

/** Lets everything happen that does not wait for the clock. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass, and everything happen at its time. */
async function pass(milliseconds: number): Promise<void> {
  const end = timers.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - timers.now()) {
    timers.advance(Math.min(left, Math.max(1, timers.delays[0] ?? left)));
    await settled();
  }
}

async function start(...roots: [rootId: number, volume?: WatchableRoot['volume']][]) {
  for (const [rootId, volume] of roots) world.add(rootId, volume);
  await service.start();
  await settled();
}

async function change(settings: Partial<Settings>): Promise<void> {
  world.currentSettings = { ...world.currentSettings, ...settings };
  service.settingsChanged(world.currentSettings);
  await settled();
}

const folder = (rootId: number) =>
  service.status.folders.find((candidate) => candidate.rootId === rootId);
const stateOf = (rootId: number) => folder(rootId)?.state;

const finished = (jobId: string, rootId: number, unsettled: number) => {
  const result = { discovered: 1, unsettled };
  return { jobId, rootId, kind: 'scan', state: 'succeeded', result } as unknown as JobStatus;
};

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  world = new World();
  timers = new ManualTimers();
  told = [];
  const { services } = world;
  service = new WatchService({ services, timers, onChange: (status) => told.push(status) });
});

describe('at the start', () => {
  it('every folder is watched and scanned once, behind what else is to be done', async () => {
    await start([1], [2]);
    expect(service.status).toEqual({
      folders: [
        { rootId: 1, state: 'watching', reason: null },
        { rootId: 2, state: 'watching', reason: null },
      ],
    });
    expect(told.at(-1)).toEqual(service.status);
    expect(world.takeScans()).toEqual([
      [1, 'low'],
      [2, 'low'],
    ]);
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
  });

  it('a folder whose drive is not there is offline and left alone', async () => {
    world.unplugged.add(1);
    await start([1]);
    expect(folder(1)).toEqual({
      ...{ rootId: 1, state: 'offline', reason: '/films 1 cannot be reached.' },
    });
    expect(world.root(1).online).toBe(false);
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
  });

  it('nothing is watched nor scanned when watching is off', async () => {
    world.currentSettings = { ...DEFAULT_SETTINGS, watchFolders: false };
    await start([1], [2, 'network']);
    expect([stateOf(1), stateOf(2)]).toEqual(['off', 'off']);
    await pass(HOUR);
    await service.woke();
    expect(world.takeScans()).toEqual([]);
    expect(world.watched.size).toBe(0);
  });
});

describe('a watched folder', () => {
  beforeEach(async () => {
    await start([1]);
    world.takeScans();
  });

  it('is scanned when it changed', async () => {
    service.rootChanged(1);
    await settled();
    expect(world.takeScans()).toEqual([[1, 'normal']]);
  });

  it('is scanned now and then all the same, but not right after another scan', async () => {
    await pass(11 * HOUR);
    service.jobUpdated(finished('a', 1, 0));
    await pass(11 * HOUR);
    expect(world.takeScans()).toEqual([]);
    await pass(HOUR);
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('is scanned when the machine wakes up', async () => {
    service.woke();
    await settled();
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('goes offline when its drive goes, and is watched and scanned when it is back', async () => {
    world.unplugged.add(1);
    world.watched.delete(1);
    service.watchEnded(1, 'The folder is gone.');
    await settled();
    expect(stateOf(1)).toBe('offline');
    expect(world.root(1).online).toBe(false);
    await pass(MINUTE);
    expect(world.takeScans()).toEqual([]);

    world.unplugged.delete(1);
    await pass(10 * SECOND);
    expect(stateOf(1)).toBe('watching');
    expect(world.root(1).online).toBe(true);
    expect(new Set(world.takeScans().map(([rootId]) => rootId))).toEqual(new Set([1]));
  });

  it('goes offline also when the system does not tell that its drive went', async () => {
    world.unplugged.add(1);
    await pass(30 * SECOND);
    expect(stateOf(1)).toBe('offline');
  });

  it('is offline while its drive does not answer', async () => {
    world.failing.set(1, 'TIMEOUT');
    await pass(30 * SECOND);
    expect(folder(1)).toMatchObject({ state: 'offline', reason: 'TIMEOUT at 1' });
    world.failing.delete(1);
    await pass(10 * SECOND);
    expect(stateOf(1)).toBe('watching');
  });

  it('is watched again and scanned when the media process was started again', async () => {
    world.watched.clear();
    service.mediaStarted();
    await settled();
    expect(world.watched).toEqual(new Set([1]));
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('is not watched while there is no media process', async () => {
    world.failing.set(1, 'WORKER_CRASHED');
    await pass(30 * SECOND);
    expect(stateOf(1)).toBe('off');
    expect(world.root(1).online).toBe(true);
    world.failing.delete(1);
    world.watched.clear();
    service.mediaStarted();
    await settled();
    expect(stateOf(1)).toBe('watching');
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('is scanned later when the library cannot take the scan', async () => {
    world.isLibraryUp = false;
    service.rootChanged(1);
    await settled();
    world.isLibraryUp = true;
    await pass(30 * SECOND);
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('that was only replaced is watched again at once', async () => {
    world.watched.delete(1);
    service.watchEnded(1, 'The folder is gone.');
    await settled();
    expect(stateOf(1)).toBe('watching');
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('whose watch ends again and again is rescanned from time to time instead', async () => {
    for (let end = 0; end < 3; end++) {
      world.watched.delete(1);
      service.watchEnded(1, 'The system gives up.');
      await settled();
    }
    expect(folder(1)).toMatchObject({ state: 'timed', reason: 'The system gives up.' });
  });

  it('is not touched any more when it was removed, and watched anew when it is added again', async () => {
    const [root] = world.library.splice(0);
    service.libraryChanged();
    await pass(SECOND);
    expect(service.status.folders).toEqual([]);
    expect(world.watched.size).toBe(0);
    service.rootChanged(1);
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
    if (root) world.library.push(root);
    service.libraryChanged();
    await pass(SECOND);
    expect(stateOf(1)).toBe('watching');
  });

  it('is looked after at its new path when its drive is mounted elsewhere', async () => {
    world.unplugged.add(1);
    await pass(30 * SECOND);
    // It can be reached, but not at the path that is known: a scan has to find out where.
    world.unplugged.delete(1);
    world.failing.set(1, 'ROOT_OFFLINE');
    const { services } = world;
    services.isRootBack = async () => true;
    services.watchRoot = async () => {
      throw new VitrineError('ROOT_OFFLINE', 'Nothing is there.');
    };
    await pass(MINUTE);
    expect(stateOf(1)).toBe('offline');
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });
});

describe('a folder that cannot be watched', () => {
  it('is rescanned from time to time, and says why', async () => {
    world.refused.set(1, 'The limit is reached.');
    await start([1]);
    expect(folder(1)).toEqual({ rootId: 1, state: 'timed', reason: 'The limit is reached.' });
    expect(world.takeScans()).toEqual([[1, 'low']]);
    await pass(29 * MINUTE);
    expect(world.takeScans()).toEqual([]);
    await pass(MINUTE);
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('is watched when a later try succeeds', async () => {
    world.refused.set(1, 'The limit is reached.');
    await start([1]);
    world.refused.clear();
    await pass(29 * MINUTE);
    expect(stateOf(1)).toBe('timed');
    await pass(2 * MINUTE);
    expect(stateOf(1)).toBe('watching');
  });

  it('is rescanned as often as the person set, from now on', async () => {
    await start([1, 'network']);
    world.takeScans();
    await change({ rescanMinutes: 5 });
    await pass(5 * MINUTE);
    expect(world.takeScans()).toEqual([[1, 'low']]);
    await pass(4 * MINUTE);
    service.jobUpdated(finished('a', 1, 0));
    await pass(4 * MINUTE);
    expect(world.takeScans()).toEqual([]);
  });

  it('goes offline and comes back like any other', async () => {
    await start([1, 'network']);
    world.takeScans();
    world.unplugged.add(1);
    await pass(30 * SECOND);
    expect(stateOf(1)).toBe('offline');
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
    world.unplugged.delete(1);
    await pass(10 * SECOND);
    expect(stateOf(1)).toBe('timed');
    expect(new Set(world.takeScans().map(([rootId]) => rootId))).toEqual(new Set([1]));
  });

  it('because it may not be read says so', async () => {
    await start([1]);
    world.failing.set(1, 'PERMISSION_DENIED');
    await pass(30 * SECOND);
    expect(folder(1)).toMatchObject({ state: 'offline', reason: 'PERMISSION_DENIED at 1' });
    expect(world.root(1).online).toBe(true);
  });
});

describe('a folder on a network share', () => {
  it('is not watched', async () => {
    await start([1, 'network']);
    expect(folder(1)).toMatchObject({ state: 'timed', reason: expect.stringContaining('network') });
    expect(world.watched.size).toBe(0);
  });

  it('is watched no more as soon as it is known to be one, without another scan', async () => {
    await start([1]);
    world.takeScans();
    Object.assign(world.root(1), { volume: 'network' });
    service.libraryChanged();
    await pass(SECOND);
    expect(stateOf(1)).toBe('timed');
    expect(world.watched.size).toBe(0);
    expect(world.takeScans()).toEqual([]);
  });
});

describe('files that were still being written', () => {
  it('are looked at again, less and less often, until they have come to rest', async () => {
    await start([1]);
    world.takeScans();
    const scans: number[] = [];
    for (let scan = 0; scan < 8; scan++) {
      service.jobUpdated(finished(`scan ${scan}`, 1, 1));
      const from = timers.now();
      while (world.takeScans().length === 0) await pass(SECOND);
      scans.push((timers.now() - from) / SECOND);
    }
    expect(scans).toEqual([30, 60, 120, 240, 480, 600, 600, 600]);
    service.jobUpdated(finished('the last', 1, 0));
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
  });

  it('are looked at again also after a scan that the person asked for with watching off', async () => {
    world.currentSettings = { ...DEFAULT_SETTINGS, watchFolders: false };
    await start([1]);
    service.jobUpdated(finished('a', 1, 2));
    service.jobUpdated(finished('a', 1, 2));
    await pass(30 * SECOND);
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });
});

describe('the settings', () => {
  it('switch watching off and on at once', async () => {
    await start([1]);
    world.takeScans();
    await change({ watchFolders: false });
    expect(folder(1)).toEqual({ rootId: 1, state: 'off', reason: null });
    expect(world.watched.size).toBe(0);
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
    await change({ watchFolders: true });
    expect(stateOf(1)).toBe('watching');
    expect(world.takeScans()).toEqual([[1, 'low']]);
  });

  it('are read again when another library is opened', async () => {
    await start([1]);
    world.currentSettings = { ...DEFAULT_SETTINGS, watchFolders: false };
    await start();
    expect(stateOf(1)).toBe('off');
  });
});

describe('a scan that is about to begin', () => {
  it('waits until its folder is watched, also one that is new', async () => {
    await start();
    world.add(1);
    let letGo: () => void = () => undefined;
    world.hang = new Promise((resolve) => {
      letGo = resolve;
    });
    let begun = false;
    const scan = service.beforeScan(1).then(() => {
      begun = true;
    });
    await settled();
    expect(begun).toBe(false);
    letGo();
    await scan;
    expect(stateOf(1)).toBe('watching');
  });

  it('does not wait for long', async () => {
    await start();
    world.add(1);
    world.hang = new Promise(() => undefined);
    const scan = service.beforeScan(1);
    await pass(5 * SECOND);
    await scan;
    expect(stateOf(1)).toBe('off');
  });

  it('waits for the start', async () => {
    world.add(1);
    void service.start();
    await service.beforeScan(1);
    expect(stateOf(1)).toBe('watching');
  });

  it('does not wait where nothing is watched, nor for a folder that is not in the library', async () => {
    await service.beforeScan(1);
    await start();
    await service.beforeScan(9);
  });
});

describe('a service that was stopped', () => {
  it('does nothing any more', async () => {
    await start([1, 'network'], [2]);
    world.takeScans();
    const statuses = told.length;
    service.stop();
    world.unplugged.add(2);
    service.rootChanged(1);
    service.watchEnded(2, 'gone');
    service.libraryChanged();
    await change({ watchFolders: false });
    await pass(HOUR);
    expect(world.takeScans()).toEqual([]);
    expect(told).toHaveLength(statuses);
    expect(timers.delays).toEqual([]);
  });
});
