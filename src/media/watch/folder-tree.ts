import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import { diskFileSystem, errorCode, isGone, joinRaw, type RawPath } from '../scan/file-system';
import type { DecodedName } from '../scan/raw-names';
import { isSkippedFolder } from '../scan/skipped-entries';
import type { VideoNames } from '../scan/video-extensions';
import { kindOfChange } from './change-filter';
import { FolderIndex, type Place } from './folder-index';
import { type FolderWatch, refusalText, watchFolder } from './folder-watch';

export interface FolderTreeOptions {
  rootPath: string;
  /** What counts as video; asked at every event. */
  names(): VideoNames;
  /** One watch tells of everything below the root. */
  recursive: boolean;
  /** @param path relative to the root; null: anything may have changed */
  onChange(path: string | null): void;
  /** The watch is over: the root is gone, or the system refuses to go on. */
  onEnd(reason: string): void;
  /** Called for everything that the system tells. */
  onEvent(): void;
}

/** Folders that are looked at side by side. */
const AT_ONCE = 8;
const GONE = 'The folder is gone.';

/**
 * Watches every folder that a scan would enter, and keeps in step with folders that come, go and are renamed. A folder
 * is watched before it is listed, so that nothing is created in it unnoticed in between.
 *
 * Built on Node's own `fs.watch`. @parcel/watcher 2.6.0 was tried first: on Linux it watches a folder that is made or
 * moved into the tree, but none that came along inside of it, so that a copied camera card is seen only in part; when
 * the user's inotify instances are used up it blocks the event loop for good, scans included; and it drops an overflow
 * of the kernel's queue without a word. chokidar takes a watch for every file instead of every folder.
 */
export class FolderTree {
  readonly #options: FolderTreeOptions;
  readonly #folders = new FolderIndex();
  /** Places at which a folder may have come or gone. */
  readonly #suspects = new Map<string, Place>();
  #rootIdentity: string | null | undefined;
  /** Folders are added and dropped by one at a time. */
  #busy = false;
  #closed = false;

  constructor(options: FolderTreeOptions) {
    this.#options = options;
  }

  /**
   * Watches the whole tree.
   * @throws the system's error when it cannot; nothing is watched then
   */
  async open(): Promise<void> {
    this.#busy = true;
    try {
      await this.#add(this.#root());
      if (!this.#folders.has('')) throw new Error(GONE);
    } catch (thrown) {
      this.close();
      throw thrown;
    } finally {
      this.#busy = false;
    }
    this.#lookAtSuspects();
  }

  /** Whether what is at the root's path is still the folder that is watched. */
  async isIntact(): Promise<boolean> {
    return (await identityOf(this.#options.rootPath)) === this.#rootIdentity;
  }

  /** The system may have kept something back: everything is watched anew. */
  resync(): void {
    this.#suspect(this.#root());
  }

  close(): void {
    this.#closed = true;
    this.#suspects.clear();
    this.#folders.drop('');
  }

  #root(): Place {
    return { path: '', absolute: this.#options.rootPath };
  }

  #onEvent(folder: Place, isPresenceChange: boolean, decoded: DecodedName | null): void {
    if (this.#closed) return;
    this.#options.onEvent();
    if (!decoded) {
      this.resync();
      return;
    }
    const { name, bytes } = decoded;
    // What happens to the watched folder itself (its drive is unmounted, say) is told with its own name.
    const isRoot = folder.path === '';
    if (isPresenceChange && name === basename(isRoot ? this.#options.rootPath : folder.path)) {
      if (isRoot) void this.#endUnlessIntact();
      else this.#suspect(folder);
    }
    const path = isRoot ? name : `${folder.path}/${name}`;
    const kind = kindOfChange(path, this.#options.names());
    if (kind === 'ignored') return;
    if (kind === 'video') this.#options.onChange(path);
    // Where every folder has its own watch, a mere change of one is that of its permissions.
    const mayConcernFolder =
      isPresenceChange || (!this.#options.recursive && this.#folders.has(path));
    if (mayConcernFolder) this.#suspect({ path, absolute: joinRaw(folder.absolute, name, bytes) });
  }

  #suspect(place: Place): void {
    this.#suspects.set(place.path, place);
    this.#lookAtSuspects();
  }

  #lookAtSuspects(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#lookAtEach()
      .catch((thrown) => this.#end(refusalText(thrown)))
      .finally(() => {
        this.#busy = false;
        if (this.#suspects.size > 0) this.#lookAtSuspects();
      });
  }

  async #lookAtEach(): Promise<void> {
    for (const [path, place] of this.#suspects) {
      this.#suspects.delete(path);
      await this.#lookAt(place);
    }
  }

  /** A folder that is known is watched anew as well: it may be another one in the same place. */
  async #lookAt(place: Place): Promise<void> {
    const isRoot = place.path === '';
    const isFolder = isRoot || (await isRealFolder(place.absolute));
    const wasFolder = this.#folders.has(place.path);
    this.#folders.drop(place.path);
    if (isFolder) await this.#add(place);
    if (this.#closed) return;
    if (isRoot && !this.#folders.has('')) this.#end(GONE);
    else if (isFolder || wasFolder) this.#options.onChange(isRoot ? null : place.path);
  }

  /** Watches a folder and all below it. */
  async #add(top: Place): Promise<void> {
    const pending = [top];
    while (pending.length > 0) {
      const found = await Promise.all(pending.splice(-AT_ONCE).map((place) => this.#enter(place)));
      for (const places of found) pending.push(...places);
    }
  }

  /** Watches one folder; answers those in it. */
  async #enter(place: Place): Promise<Place[]> {
    const identity = await identityOf(place.absolute);
    // Gone again: the folder above tells.
    if (identity === undefined || !(await this.#isNew(identity, place.path))) return [];
    if (this.#closed) return [];
    if (place.path === '') this.#rootIdentity = identity;
    this.#folders.add({ ...place, identity, watch: this.#watch(place) });
    return subfolders(place);
  }

  /** False for a folder that is in the tree already, reached by another way (a bind mount, say). */
  async #isNew(identity: string | null, path: string): Promise<boolean> {
    const other = identity === null ? undefined : this.#folders.find(identity);
    if (!other || other.path === path) return true;
    if ((await identityOf(other.absolute)) === identity) return false;
    // It was moved here, and the news from there is still to come.
    this.#folders.drop(other.path);
    return true;
  }

  #watch(place: Place): FolderWatch | null {
    const { recursive } = this.#options;
    if (recursive && place.path !== '') return null;
    try {
      return watchFolder(place.absolute, recursive, {
        onEvent: (isPresenceChange, name) => this.#onEvent(place, isPresenceChange, name),
        onError: (error) => this.#onError(place, error),
      });
    } catch (thrown) {
      // A scan cannot read it either. When that changes, the folder above tells.
      if (place.path !== '' && (isDenied(thrown) || isGone(thrown))) return null;
      throw thrown;
    }
  }

  #onError(place: Place, error: unknown): void {
    if (place.path === '') this.#end(refusalText(error));
    else this.#suspect(place);
  }

  async #endUnlessIntact(): Promise<void> {
    if (!(await this.isIntact())) this.#end(GONE);
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.close();
    this.#options.onEnd(reason);
  }
}

/** As the walk finds them: without those that it skips, and without links. */
async function subfolders({ path, absolute }: Place): Promise<Place[]> {
  // One that cannot be listed has no subfolders that a scan would enter.
  const entries = await diskFileSystem.listFolder(absolute).catch(() => []);
  return entries
    .filter(({ kind, name }) => kind === 'folder' && !isSkippedFolder(name))
    .map(({ name, bytes }) => ({
      path: path === '' ? name : `${path}/${name}`,
      absolute: joinRaw(absolute, name, bytes),
    }));
}

/** Null where the file system has no inodes; undefined when nothing is there. */
function identityOf(absolute: RawPath): Promise<string | null | undefined> {
  return diskFileSystem.identifyFolder(absolute, 'follow').then(
    ({ key }) => key,
    () => undefined,
  );
}

/** Links to folders are not followed. */
function isRealFolder(absolute: RawPath): Promise<boolean> {
  return lstat(absolute).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(errorCode(error) ?? '');
}
