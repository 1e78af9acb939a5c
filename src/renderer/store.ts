import { create } from 'zustand';
import { createSelectionSlice, type SelectionSlice } from './features/browser/selection-slice';
import { createViewSlice, type ViewSlice } from './features/browser/view-slice';
import { createPaletteSlice, type PaletteSlice } from './features/commands/palette-slice';
import { createJobsSlice, type JobsSlice } from './features/jobs/jobs-slice';
import { createHistorySlice, type HistorySlice } from './features/organise/history-slice';
import { createNamesSlice, type NamesSlice } from './features/organise/names-slice';
import { createPlayerSlice, type PlayerSlice } from './features/player/player-slice';
import { createScrubSlice, type ScrubSlice } from './features/previews/scrub-slice';
import { createSettingsSlice, type SettingsSlice } from './features/settings/settings-slice';
import { createLayoutSlice, type LayoutSlice } from './features/shell/layout-slice';
import { createLibrarySlice, type LibrarySlice } from './features/shell/library-slice';
import { createWatchSlice, type WatchSlice } from './features/sidebar/watch-slice';
import type { Preferences } from './preferences';

export type AppState = ViewSlice &
  SelectionSlice &
  ScrubSlice &
  LibrarySlice &
  JobsSlice &
  LayoutSlice &
  SettingsSlice &
  PaletteSlice &
  PlayerSlice &
  HistorySlice &
  NamesSlice &
  WatchSlice;

/** One store of slices; `remembered` overrides the standard layout. */
export function createAppStore(remembered: Partial<Preferences> = {}) {
  return create<AppState>()((...store) => ({
    ...createViewSlice(...store),
    ...createSelectionSlice(...store),
    ...createScrubSlice(...store),
    ...createLibrarySlice(...store),
    ...createJobsSlice(...store),
    ...createLayoutSlice(...store),
    ...createSettingsSlice(...store),
    ...createPaletteSlice(...store),
    ...createPlayerSlice(...store),
    ...createHistorySlice(...store),
    ...createNamesSlice(...store),
    ...createWatchSlice(...store),
    ...remembered,
  }));
}

export type AppStore = ReturnType<typeof createAppStore>;
