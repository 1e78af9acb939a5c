import type { SettingsChange } from '../../../shared/settings';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';

type Needed = Pick<Services, 'api' | 'store'>;

/** Reads the settings: another library may be open than before. */
export async function readSettings({ api, store }: Needed): Promise<void> {
  try {
    store.getState().keepSettings(await api.settings.get({}));
  } catch (thrown) {
    showError(thrown, 'Settings');
  }
}

/** Reads the settings unless they are known: a change of them is told. */
export async function loadSettings(services: Needed): Promise<void> {
  if (services.store.getState().settings === null) await readSettings(services);
}

/** Shows the change at once and saves it; when that fails, it is undone and the person is told. */
export async function saveSettings({ api, store }: Needed, change: SettingsChange): Promise<void> {
  store.getState().beginSettingsChange(change);
  try {
    store.getState().keepSettings(await api.settings.change(change));
  } catch (thrown) {
    showError(thrown, 'Settings');
  } finally {
    store.getState().endSettingsChange(change);
  }
}
