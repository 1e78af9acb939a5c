import { VitrineError } from '../../shared/errors';
import type {
  MediaApi,
  MediaListenerApi,
  WatchAnswer,
  WatchRequest,
} from '../../shared/media-protocol';
import type { RpcHandlers } from '../../shared/rpc';
import { assertListable } from '../scan/root-folder';
import { EventFlood } from './event-flood';
import { refusalText } from './folder-watch';
import { RootWatcher, type RootWatcherOptions } from './root-watcher';

type WatchHandlers = Pick<RpcHandlers<MediaApi>, 'watchRoot' | 'unwatchRoot'>;
type Notifications = MediaListenerApi['notifications'];

/** A watch that is being set up; another one for the same root replaces it. */
interface Attempt {
  rootPath: string;
  answer?: Promise<WatchAnswer>;
}

export interface WatchHostOptions {
  onRootChanged(change: Notifications['rootChanged']): void;
  onWatchEnded(end: Notifications['watchEnded']): void;
  /** How roots are watched, where tests want it otherwise. */
  watching?: Pick<RootWatcherOptions, 'times' | 'recursive'>;
}

/** The watches of all roots, and what they have to tell. */
export class WatchHost implements WatchHandlers {
  readonly #options: WatchHostOptions;
  readonly #watchers = new Map<number, RootWatcher>();
  readonly #attempts = new Map<number, Attempt>();
  readonly #flood = new EventFlood(() => this.#resync());
  /** Scans that run, by root. */
  readonly #scans = new Map<number, number>();
  /** Roots that changed while a scan of them ran: it may have passed already. */
  readonly #changedDuringScan = new Set<number>();

  constructor(options: WatchHostOptions) {
    this.#options = options;
  }

  readonly watchRoot: WatchHandlers['watchRoot'] = (request) => {
    const { rootId, rootPath } = request;
    const underWay = this.#attempts.get(rootId);
    // A drive that hangs keeps a thread for each look at it: one is enough.
    if (underWay?.answer && underWay.rootPath === rootPath) return underWay.answer;
    const attempt: Attempt = { rootPath };
    const isCurrent = () => this.#attempts.get(rootId) === attempt;
    this.#attempts.set(rootId, attempt);
    attempt.answer = this.#watch(request, isCurrent).finally(() => {
      if (isCurrent()) this.#attempts.delete(rootId);
    });
    return attempt.answer;
  };

  readonly unwatchRoot: WatchHandlers['unwatchRoot'] = ({ rootId }) => {
    this.#attempts.delete(rootId);
    this.#end(rootId);
    return null;
  };

  /**
   * A scan of the root is about to look at everything. Changes are told when it has ended.
   * @returns to be called then; `stopped`: it did not come to its end because it was not to
   */
  scanBegins(rootId: number): (end: { stopped: boolean }) => void {
    this.#scans.set(rootId, (this.#scans.get(rootId) ?? 0) + 1);
    return ({ stopped }) => {
      const left = (this.#scans.get(rootId) ?? 1) - 1;
      if (left > 0) {
        this.#scans.set(rootId, left);
        return;
      }
      this.#scans.delete(rootId);
      const changed = this.#changedDuringScan.delete(rootId);
      if (changed && !stopped) this.#report(rootId);
    };
  }

  dispose(): void {
    this.#attempts.clear();
    for (const rootId of [...this.#watchers.keys()]) this.#end(rootId);
  }

  async #watch(request: WatchRequest, isCurrent: () => boolean): Promise<WatchAnswer> {
    const { rootId, rootPath, extraExtensions } = request;
    await assertListable(rootPath);
    const current = this.#watchers.get(rootId);
    const isIntact = current?.rootPath === rootPath && (await current.isIntact());
    if (!isCurrent()) throw notWanted(rootPath);
    if (current && isIntact && this.#watchers.get(rootId) === current) {
      current.setExtraExtensions(extraExtensions);
      return { state: 'watching', renewed: false };
    }
    this.#end(rootId);
    const watcher = this.#createWatcher(request);
    try {
      await watcher.open();
    } catch (thrown) {
      // A root that went away meanwhile is no refusal.
      await assertListable(rootPath);
      return { state: 'refused', reason: refusalText(thrown) };
    }
    if (!isCurrent()) {
      watcher.close();
      throw notWanted(rootPath);
    }
    this.#watchers.set(rootId, watcher);
    if (this.#scans.has(rootId)) this.#report(rootId);
    return { state: 'watching', renewed: true };
  }

  #createWatcher({ rootId, rootPath, extraExtensions }: WatchRequest): RootWatcher {
    const watcher: RootWatcher = new RootWatcher({
      ...{ rootPath, extraExtensions },
      ...this.#options.watching,
      onReport: () => this.#report(rootId),
      onEnd: (reason) => {
        if (this.#watchers.get(rootId) !== watcher) return;
        this.#watchers.delete(rootId);
        this.#options.onWatchEnded({ rootId, reason });
      },
      onEvent: this.#flood.note,
    });
    return watcher;
  }

  #report(rootId: number): void {
    if (this.#scans.has(rootId)) this.#changedDuringScan.add(rootId);
    else this.#options.onRootChanged({ rootId });
  }

  /** Every watch shares one queue of the system. */
  #resync(): void {
    for (const watcher of this.#watchers.values()) watcher.resync();
  }

  #end(rootId: number): void {
    const watcher = this.#watchers.get(rootId);
    this.#watchers.delete(rootId);
    watcher?.close();
  }
}

function notWanted(rootPath: string): VitrineError {
  return new VitrineError('CANCELLED', `${rootPath} is not to be watched any more.`);
}
