import type { Response } from '../../shared/contract';
import { toErrorShape } from '../../shared/errors';
import { isScanResult, type JobStatus } from '../../shared/job';
import type { WatchableRoot } from '../../shared/library-protocol';
import type { Settings } from '../../shared/settings';
import type { Timers } from '../timers';
import type { RootServices } from './root-services';
import { WatchedRoot } from './watched-root';

export type WatchStatus = Response<'watch.status'>;

export interface WatchServiceOptions {
  services: RootServices & {
    roots(): Promise<WatchableRoot[]>;
    settings(): Promise<Settings>;
  };
  timers: Timers;
  /** How folders are watched is another. */
  onChange(status: WatchStatus): void;
}

/** Changes of the library come several times a second during a scan; the list of folders is read less often. */
const SYNC_INTERVAL_MS = 1_000;
/** A scan does not wait longer than this for its folder to be watched. */
const SCAN_DELAY_MS = 5_000;
/** Timers stand still while the machine sleeps: none is trusted for longer. */
const LONGEST_TIMER_MS = 60_000;

/**
 * Looks after the folders of the library: has them watched where the system can, rescans them from time to time where
 * it cannot, notices when they go and come back, and submits the scans that follow.
 */
export class WatchService {
  readonly #options: WatchServiceOptions;
  readonly #roots = new Map<number, WatchedRoot>();
  #settings: Settings | null = null;
  #starting: Promise<void> | null = null;
  #syncing: Promise<void> | null = null;
  #syncAgain = false;
  #syncTimer: unknown = null;
  #timer: unknown = null;
  #toldStatus = '';
  #stopped = false;

  constructor(options: WatchServiceOptions) {
    this.#options = options;
  }

  get status(): WatchStatus {
    return { folders: [...this.#roots.values()].map(({ status }) => status) };
  }

  /** The library is open, also when it is again. Never fails. */
  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  stop(): void {
    this.#stopped = true;
    const { timers } = this.#options;
    timers.clearTimeout(this.#timer);
    timers.clearTimeout(this.#syncTimer);
    for (const root of this.#roots.values()) root.stop();
  }

  settingsChanged(settings: Settings): void {
    if (this.#stopped) return;
    this.#settings = settings;
    for (const root of this.#roots.values()) root.applySettings(settings);
  }

  /** Something in the library is another; it may be its folders. */
  libraryChanged(): void {
    if (!this.#settings || this.#stopped) return;
    if (this.#syncTimer !== null || this.#syncing) {
      this.#syncAgain = true;
      return;
    }
    this.#sync().catch((thrown) =>
      console.error('Reading the folders failed:', toErrorShape(thrown).message),
    );
  }

  /** A media process is up: another one than those that watched before. */
  mediaStarted(): void {
    for (const root of this.#roots.values()) void root.check();
  }

  rootChanged(rootId: number): void {
    void this.#roots.get(rootId)?.rescan('normal');
  }

  watchEnded(rootId: number, reason: string): void {
    this.#roots.get(rootId)?.watchEnded(reason);
  }

  /** The machine woke up. */
  woke(): void {
    for (const root of this.#roots.values()) void root.woke();
  }

  /**
   * To be waited for before a scan looks at a folder: what happens after it has looked is noticed only if the folder
   * is watched by then. Never fails and never takes long.
   */
  async beforeScan(rootId: number): Promise<void> {
    if (this.#stopped) return;
    const { timers } = this.#options;
    let timer: unknown;
    const patience = new Promise<void>((resolve) => {
      timer = timers.setTimeout(resolve, SCAN_DELAY_MS);
    });
    await Promise.race([this.#watchedOnce(rootId), patience]);
    timers.clearTimeout(timer);
  }

  /** A job of any kind is another than before. */
  jobUpdated({ jobId, kind, state, rootId, result }: JobStatus): void {
    if (kind !== 'scan' || state !== 'succeeded' || rootId === null) return;
    if (result && isScanResult(result)) this.#roots.get(rootId)?.scanned(jobId, result.unsettled);
  }

  async #start(): Promise<void> {
    try {
      this.settingsChanged(await this.#options.services.settings());
      await this.#sync();
    } catch (thrown) {
      console.error('Watching did not begin:', toErrorShape(thrown).message);
    }
  }

  async #watchedOnce(rootId: number): Promise<void> {
    await this.#starting;
    if (!this.#settings) return;
    try {
      // A listing that was under way may be older than the folder.
      if (!this.#roots.has(rootId)) await this.#sync();
      if (!this.#roots.has(rootId)) await this.#sync();
      await this.#roots.get(rootId)?.checked();
    } catch (thrown) {
      console.error('Watching a folder did not begin:', toErrorShape(thrown).message);
    }
  }

  /** Brings the folders in step with the library's. */
  #sync(): Promise<void> {
    this.#syncing ??= this.#readRoots().finally(() => {
      this.#syncing = null;
      if (this.#stopped) return;
      const { timers } = this.#options;
      timers.clearTimeout(this.#syncTimer);
      this.#syncTimer = timers.setTimeout(() => {
        this.#syncTimer = null;
        if (!this.#syncAgain) return;
        this.#syncAgain = false;
        this.libraryChanged();
      }, SYNC_INTERVAL_MS);
    });
    return this.#syncing;
  }

  async #readRoots(): Promise<void> {
    const settings = this.#settings;
    const roots = await this.#options.services.roots();
    if (!settings || this.#stopped) return;
    const rootIds = new Set(roots.map(({ rootId }) => rootId));
    for (const [rootId, gone] of this.#roots) {
      if (rootIds.has(rootId)) continue;
      this.#roots.delete(rootId);
      void gone.close();
    }
    for (const root of roots) {
      const known = this.#roots.get(root.rootId);
      if (known) known.update(root);
      else this.#add(root, settings);
    }
    this.#changed();
  }

  #add(root: WatchableRoot, settings: Settings): void {
    const { services, timers } = this.#options;
    const added = new WatchedRoot({
      ...{ root, settings, services },
      now: () => timers.now(),
      onChange: () => this.#changed(),
    });
    this.#roots.set(root.rootId, added);
    void added.check();
  }

  /** Tells the status when it is another, and sets the timer for what is due next. */
  #changed(): void {
    if (this.#stopped) return;
    const { status } = this;
    const text = JSON.stringify(status);
    if (text !== this.#toldStatus) {
      this.#toldStatus = text;
      this.#options.onChange(status);
    }
    const { timers } = this.#options;
    timers.clearTimeout(this.#timer);
    const times = [...this.#roots.values()].map(({ dueAt }) => dueAt).filter((at) => at !== null);
    if (times.length === 0) return;
    const delay = Math.min(LONGEST_TIMER_MS, Math.max(0, Math.min(...times) - timers.now()));
    this.#timer = timers.setTimeout(() => {
      for (const root of this.#roots.values()) root.tick();
      this.#changed();
    }, delay);
  }
}
