import { type ErrorShape, toErrorShape } from '../../shared/errors';
import type { JobPriority } from '../../shared/job';
import type { WatchState } from '../../shared/library';
import type { WatchableRoot } from '../../shared/library-protocol';
import type { WatchAnswer, WatchRequest } from '../../shared/media-protocol';
import type { Settings } from '../../shared/settings';

/** What a root needs of the other processes. */
export interface RootServices {
  isRootBack(root: WatchableRoot): Promise<boolean>;
  watchRoot(request: WatchRequest): Promise<WatchAnswer>;
  unwatchRoot(rootId: number): Promise<unknown>;
  setRootOnline(rootId: number, online: boolean): Promise<unknown>;
  submitScan(rootId: number, priority: JobPriority): Promise<unknown>;
}

export interface WatchedRootOptions {
  root: WatchableRoot;
  settings: Settings;
  services: RootServices;
  now(): number;
  /** The state, the reason or the time of the next {@link WatchedRoot.tick} is another. */
  onChange(): void;
}

/** How often it is looked whether the drive of a root is still there, or back. Neither wakes up a sleeping disk. */
const PRESENCE_INTERVAL_MS = 30_000;
const RETURN_INTERVAL_MS = 10_000;
/** A system may lose changes without saying so: a watched root is rescanned this often all the same. */
const SAFETY_RESCAN_MS = 12 * 60 * 60_000;
/** So many watches in a row that end so soon are of no use. */
const SHORT_WATCH = { ms: 60_000, limit: 3 };
/** Files that were still being written are looked at again after this time, and then less and less often. */
const REREAD_MS = { first: 30_000, longest: 10 * 60_000 };

const NETWORK_REASON = 'It is on a network share, which does not tell of what others change.';
const NOT_YET_REASON = 'Watching has not begun yet.';

/**
 * One folder of the library: how its changes are noticed, and when it is scanned without anybody asking. It acts when
 * it is told to: by {@link check} when something may be different, by {@link tick} when its time has come.
 */
export class WatchedRoot {
  readonly #options: WatchedRootOptions;
  #root: WatchableRoot;
  #settings: Settings;
  #state: WatchState = 'off';
  #reason: string | null = NOT_YET_REASON;
  #watchedSince = 0;
  /** Watches in a row that ended soon. */
  #shortWatches = 0;
  /** Why the system does not watch it; asked again at the next rescan. */
  #refusal: string | null = null;
  /** Whether a scan was asked to find the root's drive since it went offline. */
  #followed = false;
  #checking: Promise<void> | null = null;
  #checkAgain = false;
  #checkAt: number | null = null;
  #rescanAt: number | null = null;
  /** When files that were being written are looked at again, or a scan that could not be submitted is. */
  #rereadAt: number | null = null;
  #rereadDelay = REREAD_MS.first;
  #scannedBy: string | null = null;
  #closed = false;

  constructor(options: WatchedRootOptions) {
    this.#options = options;
    this.#root = options.root;
    this.#settings = options.settings;
  }

  get status(): { rootId: number; state: WatchState; reason: string | null } {
    return { rootId: this.#root.rootId, state: this.#state, reason: this.#reason };
  }

  /** When {@link tick} has something to do; null when never. */
  get dueAt(): number | null {
    const times = [this.#checkAt, this.#rescanAt, this.#rereadAt].filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Takes what the library knows of the root now. */
  update(root: WatchableRoot): void {
    const before = this.#root;
    this.#root = root;
    const isElsewhere =
      before.place.rootPath !== root.place.rootPath || before.volume !== root.volume;
    if (isElsewhere || before.online !== root.online) void this.check();
  }

  applySettings(settings: Settings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (this.#state === 'timed' && before.rescanMinutes !== settings.rescanMinutes) {
      this.#rescanAt = this.#nextRescanAt();
    }
    void this.check();
  }

  /** Finds out what is the case and acts on it. Ends when that is done. */
  check(): Promise<void> {
    if (this.#checking) {
      this.#checkAgain = true;
      return this.#checking;
    }
    this.#checking = this.#checkUntilCurrent().finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  /** Ends with the check that is under way, if there is one. */
  checked(): Promise<void> {
    return this.#checking ?? Promise.resolve();
  }

  /** Something changed, or may have while nobody looked. */
  async rescan(priority: JobPriority): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#options.services.submitScan(this.#root.rootId, priority);
    } catch (thrown) {
      // The library is being started again, or the root was removed a moment ago.
      console.error(
        `Rescanning ${this.#root.place.rootPath} failed:`,
        toErrorShape(thrown).message,
      );
      this.#rereadAt = this.#options.now() + REREAD_MS.first;
    }
    this.#options.onChange();
  }

  /** A scan of the root succeeded. */
  scanned(jobId: string, unsettled: number): void {
    if (jobId === this.#scannedBy) return;
    this.#scannedBy = jobId;
    if (this.#rescanAt !== null) this.#rescanAt = this.#nextRescanAt();
    if (unsettled === 0) {
      this.#rereadAt = null;
      this.#rereadDelay = REREAD_MS.first;
    } else {
      this.#rereadAt = this.#options.now() + this.#rereadDelay;
      this.#rereadDelay = Math.min(this.#rereadDelay * 2, REREAD_MS.longest);
    }
    this.#options.onChange();
  }

  /** The watch ended by itself: the drive is gone, or the system does not go on. */
  watchEnded(reason: string): void {
    const wasShort = this.#options.now() - this.#watchedSince < SHORT_WATCH.ms;
    this.#shortWatches = wasShort ? this.#shortWatches + 1 : 0;
    if (this.#shortWatches >= SHORT_WATCH.limit) this.#refusal = reason;
    void this.check();
  }

  /** The machine slept: nobody knows what happened meanwhile. */
  async woke(): Promise<void> {
    await this.check();
    if (isPresent(this.#state)) await this.rescan('low');
  }

  /** Does what is due. */
  tick(): void {
    const now = this.#options.now();
    const isDue = (time: number | null) => time !== null && time <= now;
    if (isDue(this.#rereadAt)) {
      this.#rereadAt = null;
      if (this.#state !== 'offline') void this.rescan('low');
    }
    if (isDue(this.#rescanAt)) {
      this.#rescanAt = this.#nextRescanAt();
      this.#refusal = null;
      void this.rescan('low');
    }
    if (isDue(this.#checkAt)) {
      this.#checkAt = null;
      void this.check();
    }
  }

  /** Does nothing any more. */
  stop(): void {
    this.#closed = true;
  }

  /** The root is not in the library any more. */
  async close(): Promise<void> {
    this.stop();
    try {
      await this.#options.services.unwatchRoot(this.#root.rootId);
    } catch {
      // The media process is gone, and the watch with it.
    }
  }

  async #checkUntilCurrent(): Promise<void> {
    do {
      this.#checkAgain = false;
      try {
        await this.#check();
      } catch (thrown) {
        await this.#failed(toErrorShape(thrown));
      }
    } while (this.#checkAgain && !this.#closed);
    const interval = this.#state === 'offline' ? RETURN_INTERVAL_MS : PRESENCE_INTERVAL_MS;
    this.#checkAt = this.#settings.watchFolders ? this.#options.now() + interval : null;
    this.#options.onChange();
  }

  async #check(): Promise<void> {
    const { watchFolders, extraExtensions } = this.#settings;
    const { rootId, place, volume } = this.#root;
    const { rootPath } = place;
    const { services } = this.#options;
    if (!watchFolders) {
      await services.unwatchRoot(rootId);
      this.#become('off', null);
      return;
    }
    if (!(await services.isRootBack(this.#root))) {
      await this.#goOffline(`${rootPath} cannot be reached.`);
      return;
    }
    if (this.#state === 'offline' && !this.#followed) {
      // Its drive may be back at another path, which only a scan finds out.
      this.#followed = true;
      await this.rescan('low');
    }
    const refusal = volume === 'network' ? NETWORK_REASON : this.#refusal;
    if (refusal !== null) {
      await services.unwatchRoot(rootId);
      await this.#comeUp('timed', refusal, { missed: !isPresent(this.#state) });
      return;
    }
    if (this.#closed) return;
    const answer = await services.watchRoot({ rootId, rootPath, extraExtensions });
    if (answer.state === 'refused') {
      this.#refusal = answer.reason;
      await this.#comeUp('timed', answer.reason, { missed: this.#state !== 'timed' });
      return;
    }
    if (answer.renewed) this.#watchedSince = this.#options.now();
    const missed = answer.renewed || this.#state !== 'watching';
    await this.#comeUp('watching', null, { missed });
  }

  async #failed({ code, message }: ErrorShape): Promise<void> {
    switch (code) {
      case 'ROOT_OFFLINE':
      case 'TIMEOUT':
        return this.#goOffline(message);
      case 'PERMISSION_DENIED':
      case 'PATH_NOT_A_FOLDER':
        this.#become('offline', message);
        return;
      // Nothing can be scanned either until the media process is up again.
      case 'WORKER_CRASHED':
        this.#become('off', message);
        return;
      default:
        return this.#comeUp('timed', message, { missed: this.#state !== 'timed' });
    }
  }

  /** It is there. @param missed something may have happened that nobody saw: a scan finds out */
  async #comeUp(
    state: 'watching' | 'timed',
    reason: string | null,
    { missed }: { missed: boolean },
  ): Promise<void> {
    const wasPresent = isPresent(this.#state);
    const isNews = this.#become(state, reason);
    this.#followed = false;
    if (isNews) this.#rescanAt = this.#nextRescanAt();
    if (!wasPresent) await this.#tellLibrary(true);
    if (missed) await this.rescan('low');
  }

  async #goOffline(reason: string): Promise<void> {
    this.#refusal = null;
    this.#shortWatches = 0;
    this.#become('offline', reason);
    await this.#tellLibrary(false);
  }

  /** Answers whether the state is another than before. */
  #become(state: WatchState, reason: string | null): boolean {
    const isNews = state !== this.#state;
    if (!isPresent(state)) this.#rescanAt = null;
    this.#state = state;
    this.#reason = reason;
    return isNews;
  }

  async #tellLibrary(online: boolean): Promise<void> {
    const { rootId, online: known } = this.#root;
    if (known === online || this.#closed) return;
    try {
      await this.#options.services.setRootOnline(rootId, online);
      this.#root = { ...this.#root, online };
    } catch (thrown) {
      // The library is being started again; a scan or the next check tells it.
      console.error('Noting that a folder is there or gone failed:', toErrorShape(thrown).message);
    }
  }

  #nextRescanAt(): number {
    const interval =
      this.#state === 'watching' ? SAFETY_RESCAN_MS : this.#settings.rescanMinutes * 60_000;
    return this.#options.now() + interval;
  }
}

function isPresent(state: WatchState): boolean {
  return state === 'watching' || state === 'timed';
}
