import { type VideoNames, videoNames } from '../scan/video-extensions';
import { ChangeCoalescer, type CoalescerTimes } from './change-coalescer';
import { FolderTree } from './folder-tree';
import { WATCHES_TREES } from './folder-watch';

export interface RootWatcherOptions {
  rootPath: string;
  extraExtensions: readonly string[];
  /** Something changed that a scan would find. */
  onReport(): void;
  /** The watch is over by itself. */
  onEnd(reason: string): void;
  /** Called for everything that the system tells. */
  onEvent(): void;
  times?: CoalescerTimes;
  /** One watch of the system tells of everything below the root. */
  recursive?: boolean;
}

/** Watches one root and reports its changes, gathered. */
export class RootWatcher {
  readonly rootPath: string;
  readonly #options: RootWatcherOptions;
  readonly #coalescer: ChangeCoalescer;
  readonly #tree: FolderTree;
  #names: VideoNames;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RootWatcherOptions) {
    this.rootPath = options.rootPath;
    this.#options = options;
    this.#names = videoNames(options.extraExtensions);
    this.#coalescer = new ChangeCoalescer(options.times);
    this.#tree = new FolderTree({
      rootPath: options.rootPath,
      names: () => this.#names,
      recursive: options.recursive ?? WATCHES_TREES,
      onChange: (path) => this.#note(path),
      onEvent: options.onEvent,
      onEnd: (reason) => {
        this.close();
        options.onEnd(reason);
      },
    });
  }

  /** @throws the system's error when it cannot watch the whole tree */
  open(): Promise<void> {
    return this.#tree.open();
  }

  /** Whether what is at the root's path is still what is watched. */
  isIntact(): Promise<boolean> {
    return this.#tree.isIntact();
  }

  /** What counts as video from now on. */
  setExtraExtensions(extraExtensions: readonly string[]): void {
    this.#names = videoNames(extraExtensions);
  }

  /** Events may have been lost. */
  resync(): void {
    this.#tree.resync();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#tree.close();
  }

  #note(path: string | null): void {
    this.#coalescer.note(path, performance.now());
    if (!this.#timer) this.#arm();
  }

  #arm(): void {
    const dueAt = this.#coalescer.dueAt();
    if (dueAt === null) return;
    const delay = Math.max(0, Math.ceil(dueAt - performance.now()));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#coalescer.take(performance.now())) this.#options.onReport();
      this.#arm();
    }, delay);
  }
}
