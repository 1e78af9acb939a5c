import { type ErrorShape, toErrorShape } from '../../shared/errors';
import type { JobPriority } from '../../shared/job';
import type { WatchState } from '../../shared/library';
import type { WatchableRoot } from '../../shared/library-protocol';
import type { Settings } from '../../shared/settings';
import { RootSchedule } from './root-schedule';
import type { RootServices } from './root-services';
import { WatchRefusal } from './watch-refusal';

export interface WatchedRootOptions {
  root: WatchableRoot;
  settings: Settings;
  services: RootServices;
  now(): number;
  /** The state, the reason or the time of the next {@link WatchedRoot.tick} is another. */
  onChange(): void;
}

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
  /** Lifted at the next rescan. */
  readonly #refusal: WatchRefusal;
  /** Whether a scan was asked to find the root's drive since it went offline. */
  #followed = false;
  #checking: Promise<void> | null = null;
  #checkAgain = false;
  readonly #schedule: RootSchedule;
  #closed = false;

  constructor(options: WatchedRootOptions) {
    this.#options = options;
    this.#root = options.root;
    this.#settings = options.settings;
    this.#refusal = new WatchRefusal(options.now);
    this.#schedule = new RootSchedule(options.now);
  }

  get status(): { rootId: number; state: WatchState; reason: string | null } {
    return { rootId: this.#root.rootId, state: this.#state, reason: this.#reason };
  }

  /** When {@link tick} has something to do; null when never. */
  get dueAt(): number | null {
    return this.#schedule.dueAt;
  }

  /** Takes what the library knows of the root now. */
  update(root: WatchableRoot): void {
    const before = this.#root;
    this.#root = root;
    const isElsewhere = before.rootPath !== root.rootPath || before.volume !== root.volume;
    if (isElsewhere || before.online !== root.online) void this.check();
  }

  applySettings(settings: Settings): void {
    const isOtherTime = settings.rescanMinutes !== this.#settings.rescanMinutes;
    this.#settings = settings;
    if (isOtherTime && this.#state === 'timed') this.#planRescans();
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
      console.error(`Rescanning ${this.#root.rootPath} failed:`, toErrorShape(thrown).message);
      this.#schedule.retryScan();
    }
    this.#options.onChange();
  }

  /** A scan of the root succeeded. */
  scanned(jobId: string, unsettled: number): void {
    this.#schedule.scanned(jobId, unsettled);
    this.#options.onChange();
  }

  /** The watch ended by itself: the drive is gone, or the system does not go on. */
  watchEnded(reason: string): void {
    this.#refusal.watchEnded(reason);
    void this.check();
  }

  /** The machine slept: nobody knows what happened meanwhile. */
  async woke(): Promise<void> {
    await this.check();
    if (isPresent(this.#state)) await this.rescan('low');
  }

  /** Does what is due. */
  tick(): void {
    const due = this.#schedule.take();
    // With the rescan the system is asked once more to watch.
    if (due.rescan) this.#refusal.lift();
    if (due.rescan || (due.reread && this.#state !== 'offline')) void this.rescan('low');
    if (due.check) void this.check();
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
    if (!this.#settings.watchFolders) this.#schedule.cancelCheck();
    else this.#schedule.planCheck(this.#state === 'offline' ? 'offline' : 'present');
    this.#options.onChange();
  }

  async #check(): Promise<void> {
    const { watchFolders, extraExtensions } = this.#settings;
    const { rootId, rootPath, volume } = this.#root;
    const { services } = this.#options;
    if (!watchFolders) {
      await services.unwatchRoot(rootId);
      this.#become('off', null);
      return;
    }
    if (!(await services.isRootBack(rootId))) {
      await this.#goOffline(`${rootPath} cannot be reached.`);
      return;
    }
    if (this.#state === 'offline' && !this.#followed) {
      // Its drive may be back at another path, which only a scan finds out.
      this.#followed = true;
      await this.rescan('low');
    }
    const refusal = volume === 'network' ? NETWORK_REASON : this.#refusal.reason;
    if (refusal !== null) {
      await services.unwatchRoot(rootId);
      await this.#comeUp('timed', refusal, { missed: !isPresent(this.#state) });
      return;
    }
    if (this.#closed) return;
    const answer = await services.watchRoot({ rootId, rootPath, extraExtensions });
    if (answer.state === 'refused') {
      this.#refusal.refused(answer.reason);
      await this.#comeUp('timed', answer.reason, { missed: this.#state !== 'timed' });
      return;
    }
    if (answer.renewed) this.#refusal.watchBegan();
    const missed = answer.renewed || this.#state !== 'watching';
    await this.#comeUp('watching', null, { missed });
  }

  async #failed({ code, message }: ErrorShape): Promise<void> {
    switch (code) {
      case 'ROOT_OFFLINE':
      case 'TIMEOUT':
        return this.#goOffline(message);
      // It was removed a moment ago.
      case 'ROOT_NOT_FOUND':
        return;
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
    if (isNews) this.#planRescans();
    if (!wasPresent) await this.#tellLibrary(true);
    if (missed) await this.rescan('low');
  }

  async #goOffline(reason: string): Promise<void> {
    this.#refusal.forget();
    this.#become('offline', reason);
    await this.#tellLibrary(false);
  }

  /** Answers whether the state is another than before. */
  #become(state: WatchState, reason: string | null): boolean {
    const isNews = state !== this.#state;
    if (!isPresent(state)) this.#schedule.cancelRescans();
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

  #planRescans(): void {
    this.#schedule.planRescans(this.#state === 'timed' ? this.#settings.rescanMinutes : null);
  }
}

function isPresent(state: WatchState): boolean {
  return state === 'watching' || state === 'timed';
}
