import type { StateCreator } from 'zustand';
import type { Settings, SettingsChange } from '../../../shared/settings';

export interface SettingsSlice {
  /** As the person sees them, with what is just being saved; null until they are known. */
  settings: Settings | null;
  /** As the library keeps them. */
  keptSettings: Settings | null;
  /** What is just being saved, oldest first. */
  settingsBeingSaved: readonly SettingsChange[];
  /** Takes what the library says that it keeps. */
  keepSettings: (kept: Settings) => void;
  /** Shows a change before the library has answered. */
  beginSettingsChange: (change: SettingsChange) => void;
  /** Shows the change no longer unless the library keeps it. */
  endSettingsChange: (change: SettingsChange) => void;
}

export const createSettingsSlice: StateCreator<SettingsSlice> = (set) => {
  const update = (
    updated: (
      state: SettingsSlice,
    ) => Partial<Pick<SettingsSlice, 'keptSettings' | 'settingsBeingSaved'>>,
  ) =>
    set((state) => {
      const { keptSettings, settingsBeingSaved } = { ...state, ...updated(state) };
      const settings = keptSettings && Object.assign({}, keptSettings, ...settingsBeingSaved);
      return { keptSettings, settingsBeingSaved, settings };
    });
  return {
    settings: null,
    keptSettings: null,
    settingsBeingSaved: [],
    keepSettings: (keptSettings) => update(() => ({ keptSettings })),
    beginSettingsChange: (change) =>
      update(({ settingsBeingSaved }) => ({
        settingsBeingSaved: [...settingsBeingSaved, change],
      })),
    endSettingsChange: (change) =>
      update(({ settingsBeingSaved }) => ({
        settingsBeingSaved: settingsBeingSaved.filter((other) => other !== change),
      })),
  };
};
