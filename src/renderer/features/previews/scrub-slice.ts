import type { StateCreator } from 'zustand';

/** The picture of a filmstrip that the keyboard stepped to. */
export interface KeyboardScrub {
  videoId: number;
  frame: number;
  /** What it shows, in seconds from the start of the video. */
  seconds: number;
}

export interface ScrubSlice {
  /** Belongs to the selected video: selecting another one ends it. */
  scrub: KeyboardScrub | null;
  showFrame: (scrub: KeyboardScrub) => void;
  endScrub: () => void;
}

export const createScrubSlice: StateCreator<ScrubSlice> = (set) => ({
  scrub: null,
  showFrame: (scrub) => set({ scrub }),
  endScrub: () => set({ scrub: null }),
});
