import type { StateCreator } from 'zustand';
import type { EditHistory } from '../../../shared/edit';

export interface HistorySlice {
  /** What can be undone and redone. */
  history: EditHistory;
  setHistory: (history: EditHistory) => void;
}

export const createHistorySlice: StateCreator<HistorySlice> = (set) => ({
  history: { undo: null, redo: null, writing: null },
  setHistory: (history) => set({ history }),
});
