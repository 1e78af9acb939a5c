import type { StateCreator } from 'zustand';
import type { Response } from '../../../shared/contract';
import type { LibrarySummary, Root } from '../../../shared/library';

type LibraryStatus = Response<'library.status'>;
type AppInfo = Response<'app.info'>;

export interface LibrarySlice {
  info: AppInfo | null;
  status: LibraryStatus;
  /** Counts and folders; null until they are known. */
  summary: LibrarySummary | null;
  /** Counts up whenever rows changed: what was read before is to be asked for again. */
  libraryVersion: number;
  setInfo: (info: AppInfo) => void;
  setStatus: (status: LibraryStatus) => void;
  setSummary: (summary: LibrarySummary) => void;
  noteLibraryChange: () => void;
}

export const createLibrarySlice: StateCreator<LibrarySlice> = (set) => ({
  info: null,
  status: { state: 'opening' },
  summary: null,
  libraryVersion: 0,
  setInfo: (info) => set({ info }),
  setStatus: (status) => set({ status }),
  setSummary: (summary) => set((state) => ({ summary: withKnownRoots(state.summary, summary) })),
  noteLibraryChange: () => set((state) => ({ libraryVersion: state.libraryVersion + 1 })),
});

/** The new summary with the old objects for folders that did not change: only those that did are drawn again. */
function withKnownRoots(before: LibrarySummary | null, summary: LibrarySummary): LibrarySummary {
  if (before === null) return summary;
  const known = new Map(before.roots.map((root) => [root.rootId, root]));
  return {
    ...summary,
    roots: summary.roots.map((root) => {
      const old = known.get(root.rootId);
      return old && isSameRoot(old, root) ? old : root;
    }),
  };
}

function isSameRoot({ volume, ...root }: Root, { volume: otherVolume, ...other }: Root): boolean {
  return isSame(root, other) && isSame(volume ?? {}, otherVolume ?? {});
}

function isSame<Fields extends object>(a: Fields, b: Fields): boolean {
  const fields = Object.keys({ ...a, ...b }) as (keyof Fields)[];
  return fields.every((field) => a[field] === b[field]);
}

/** No folder was added yet: everything but the invitation keeps quiet. */
export function isFirstStart({ summary }: Pick<LibrarySlice, 'summary'>): boolean {
  return summary?.roots.length === 0;
}

export function findRoot(summary: LibrarySummary | null, rootId: number): Root | undefined {
  return summary?.roots.find((root) => root.rootId === rootId);
}
