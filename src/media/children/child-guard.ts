import type { ChildProcess } from 'node:child_process';
import { killTree } from './kill-tree';
import { OrphanWatchdog } from './orphan-watchdog';

/** Owner of every running child: none is forgotten, none outlives its owner or this process. */
export class ChildGuard {
  readonly #children = new Set<ChildProcess>();
  #watchdog: OrphanWatchdog | null = null;

  /** Variables that belong into the environment of every child. */
  get mark(): Readonly<Record<string, string>> {
    return this.#watchdog?.mark ?? {};
  }

  /** Takes a child that was just started; it is let go when it ends. */
  adopt(child: ChildProcess): void {
    const { pid } = child;
    if (pid === undefined) return;
    this.#children.add(child);
    // Not before there is something to watch.
    if (process.platform !== 'win32') this.#watchdog ??= new OrphanWatchdog();
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
