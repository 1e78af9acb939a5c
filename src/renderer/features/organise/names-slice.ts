import type { StateCreator } from 'zustand';
import type { Collection, Tag } from '../../../shared/user-data';

export interface NamesSlice {
  /** All tags of the library by their names. */
  tags: readonly Tag[];
  /** All collections in the person's order. */
  collections: readonly Collection[];
  setNames: (names: Pick<NamesSlice, 'tags' | 'collections'>) => void;
}

export const createNamesSlice: StateCreator<NamesSlice> = (set) => ({
  tags: [],
  collections: [],
  setNames: (names) => set(names),
});
