import { VitrineError } from '../../shared/errors';
import type { Volume, WatchState } from '../../shared/library';

/** A folder of the made-up library; its path decides what kind of drive it is on. */
export interface FakeRoot {
  rootId: number;
  path: string;
  online: boolean;
  volume: Volume | null;
  watch: { state: WatchState; reason: string | null };
  unconfirmedMissing: number;
}

export class FakeRoots {
  readonly all: FakeRoot[] = [];

  add(path: string): FakeRoot {
    const online = !path.includes('offline');
    const root = {
      rootId: this.all.length + 1,
      path,
      online,
      volume: volumeOf(path),
      watch: watchOf(path, online),
      unconfirmedMissing: 0,
    };
    this.all.push(root);
    return root;
  }

  get(rootId: number): FakeRoot {
    const root = this.all.find((candidate) => candidate.rootId === rootId);
    if (!root) throw new VitrineError('ROOT_NOT_FOUND', 'There is no such folder.');
    return root;
  }

  /** The folder of a path, added if it is a new one. */
  at(path: string): FakeRoot {
    return this.all.find((root) => root.path === path) ?? this.add(path);
  }

  remove(rootId: number): void {
    this.all.splice(this.all.indexOf(this.get(rootId)), 1);
  }
}

function volumeOf(path: string): Volume {
  if (path.includes('NAS')) return { label: 'studio-nas/video', kind: 'network' };
  if (path.startsWith('/media')) return { label: 'Samsung T7', kind: 'solid-state' };
  return { label: null, kind: 'rotational' };
}

function watchOf(path: string, online: boolean): FakeRoot['watch'] {
  if (!online) return { state: 'offline', reason: null };
  if (path.startsWith('/media')) return { state: 'watching', reason: null };
  return { state: 'timed', reason: 'ENOSPC: inotify_add_watch: no space left on device' };
}
