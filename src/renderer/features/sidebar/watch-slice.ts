import type { StateCreator } from 'zustand';
import type { EventPayload } from '../../../shared/contract';

/** How one folder is watched, and why not better. */
export type FolderWatch = EventPayload<'watch.onChange'>['folders'][number];

export interface WatchSlice {
  /** By root ID; a folder that is not in it is not known yet. */
  watches: Readonly<Record<number, FolderWatch>>;
  setWatches: (folders: readonly FolderWatch[]) => void;
}

export const createWatchSlice: StateCreator<WatchSlice> = (set) => ({
  watches: {},
  setWatches: (folders) =>
    set(({ watches }) => ({
      watches: Object.fromEntries(
        folders.map((folder) => [folder.rootId, unchanged(watches[folder.rootId], folder)]),
      ),
    })),
});

/** The old object where nothing changed, so that only other folders are drawn again. */
function unchanged(before: FolderWatch | undefined, folder: FolderWatch): FolderWatch {
  return before?.state === folder.state && before.reason === folder.reason ? before : folder;
}
