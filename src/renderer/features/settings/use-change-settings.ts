import type { Settings, SettingsChange } from '../../../shared/settings';
import { useApp, useServices } from '../../services';
import { saveSettings } from './save-settings';

/** The settings, null until they are known, and a way to change some of them; each change is saved at once. */
export function useChangeSettings(): {
  settings: Settings | null;
  change: (change: SettingsChange) => void;
} {
  const services = useServices();
  const settings = useApp((state) => state.settings);
  return {
    settings,
    change: (change) => void saveSettings(services, change),
  };
}
