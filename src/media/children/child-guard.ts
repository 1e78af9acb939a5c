import type { ChildProcess } from 'node:child_process';
import { killTree } from './kill-tree';
import { OrphanWatchdog } from './orphan-watchdog';

/** Owner of every running child: none is forgotten, none outlives its owner or this process. */
export class ChildGuard {
  readonly #children = new Set<ChildProcess>();
  #watchdog: OrphanWatchdog | null = null;

  /** Variables that belong into the environment of every child; to be asked for before each is started. */
  get mark(): Readonly<Record<string, string>> {
    // Not before there is something to watch, and not after: the first child could be started and never be told of.
    if (process.platform !== 'win32') this.#watchdog ??= new OrphanWatchdog();
    return this.#watchdog?.mark ?? {};
  }

  /** Takes a child that was just started; it is let go when it ends. */
  adopt(child: ChildProcess): void {
    const { pid } = child;
    if (pid === undefined) return;
    this.#children.add(child);
    this.#watchdog?.watch(pid);
    child.once('exit', () => {
      this.#children.delete(child);
      this.#watchdog?.forget(pid);
    });
  }

  /** Kills every child. */
  dispose(): void {
    for (const child of this.#children) killTree(child);
    this.#watchdog?.dispose();
  }
}
