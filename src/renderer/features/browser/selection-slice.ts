import type { StateCreator } from 'zustand';
import type { ScrubSlice } from '../previews/scrub-slice';

export interface SelectionSlice {
  /** The video that the inspector shows. */
  selectedId: number | null;
  /** Where the keyboard stands in the present order; its row may not be loaded yet. */
  activeIndex: number | null;
  select: (id: number, index: number | null) => void;
  /** Moves the keyboard to an index; `id` is null while that row is not loaded. */
  moveTo: (index: number, id: number | null) => void;
  clearSelection: () => void;
}

export const createSelectionSlice: StateCreator<
  SelectionSlice & ScrubSlice,
  [],
  [],
  SelectionSlice
> = (set) => ({
  selectedId: null,
  activeIndex: null,
  select: (selectedId, activeIndex) => set({ selectedId, activeIndex, scrub: null }),
  moveTo: (activeIndex, selectedId) => set({ activeIndex, selectedId, scrub: null }),
  clearSelection: () => set({ selectedId: null, activeIndex: null, scrub: null }),
});
