import type { RawPath } from '../scan/file-system';
import type { FolderWatch } from './folder-watch';

/** A place below a root. */
export interface Place {
  /** Relative to the root, `/` between names, empty for the root. */
  path: string;
  absolute: RawPath;
}

export interface WatchedFolder extends Place {
  /** Device and inode; null where the file system has no inodes. */
  identity: string | null;
  /** Null where the watch of the root tells of it too, or where this user may not read it. */
  watch: FolderWatch | null;
}

/** The folders of a tree by path and by identity. It owns their watches. */
export class FolderIndex {
  readonly #folders = new Map<string, WatchedFolder>();
  readonly #byIdentity = new Map<string, WatchedFolder>();
  /** Paths of the folders in a folder; only where there are some. */
  readonly #children = new Map<string, Set<string>>();

  has(path: string): boolean {
    return this.#folders.has(path);
  }

  /** The folder that has this identity, wherever it is. */
  find(identity: string): WatchedFolder | undefined {
    return this.#byIdentity.get(identity);
  }

  /** One that was known at the same path goes, with all below it. */
  add(folder: WatchedFolder): void {
    this.drop(folder.path);
    this.#folders.set(folder.path, folder);
    if (folder.identity !== null) this.#byIdentity.set(folder.identity, folder);
    if (folder.path === '') return;
    const parent = parentOf(folder.path);
    const siblings = this.#children.get(parent);
    if (siblings) siblings.add(folder.path);
    else this.#children.set(parent, new Set([folder.path]));
  }

  /** Forgets a folder and all below it, and ends their watches. */
  drop(path: string): void {
    if (path !== '') this.#children.get(parentOf(path))?.delete(path);
    const pending = [path];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      pending.push(...(this.#children.get(next) ?? []));
      this.#children.delete(next);
      const folder = this.#folders.get(next);
      if (!folder) continue;
      folder.watch?.close();
      this.#folders.delete(next);
      const { identity } = folder;
      if (identity !== null && this.#byIdentity.get(identity) === folder) {
        this.#byIdentity.delete(identity);
      }
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
