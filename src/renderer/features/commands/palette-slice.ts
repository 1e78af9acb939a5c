import type { StateCreator } from 'zustand';

export interface PaletteSlice {
  paletteOpen: boolean;
  openPalette: () => void;
  closePalette: () => void;
}

export const createPaletteSlice: StateCreator<PaletteSlice> = (set) => ({
  paletteOpen: false,
  openPalette: () => set({ paletteOpen: true }),
  closePalette: () => set({ paletteOpen: false }),
});
