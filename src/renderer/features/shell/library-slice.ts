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
  setSummary: (summary) => set({ summary }),
  noteLibraryChange: () => set((state) => ({ libraryVersion: state.libraryVersion + 1 })),
});

/** No folder was added yet: everything but the invitation keeps quiet. */
export function isFirstStart({ summary }: Pick<LibrarySlice, 'summary'>): boolean {
  return summary?.roots.length === 0;
}

export function findRoot(summary: LibrarySummary | null, rootId: number): Root | undefined {
  return summary?.roots.find((root) => root.rootId === rootId);
}
