import type { StateCreator } from 'zustand';
import type { Settings } from '../../../shared/settings';

export interface SettingsSlice {
  /** As the person sees them, with what is just being saved; null until they are known. */
  settings: Settings | null;
  /** As the library keeps them: what a failed save goes back to. */
  keptSettings: Settings | null;
  /** Shows settings before the library has answered. */
  changeSettings: (settings: Settings) => void;
  /** Takes the library's answer, unless the person has changed something since `shown`. */
  keepSettings: (shown: Settings | null, kept: Settings) => void;
  /** Goes back to what is kept, unless the person has changed something since `shown`. */
  revertSettings: (shown: Settings) => void;
}

export const createSettingsSlice: StateCreator<SettingsSlice> = (set) => ({
  settings: null,
  keptSettings: null,
  changeSettings: (settings) => set({ settings }),
  keepSettings: (shown, keptSettings) =>
    set(({ settings }) => ({
      keptSettings,
      settings: settings === shown ? keptSettings : settings,
    })),
  revertSettings: (shown) =>
    set(({ settings, keptSettings }) => ({
      settings: settings === shown ? keptSettings : settings,
    })),
});
