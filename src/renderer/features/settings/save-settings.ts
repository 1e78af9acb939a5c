import type { Settings } from '../../../shared/settings';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';

type Needed = Pick<Services, 'api' | 'store'>;

/** Reads the settings: another library may be open than before. */
export async function readSettings({ api, store }: Needed): Promise<void> {
  const shown = store.getState().settings;
  try {
    store.getState().keepSettings(shown, await api.settings.get({}));
  } catch (thrown) {
    showError(thrown, 'Settings');
  }
}

/** Reads the settings unless they are known: nothing but this page changes them. */
export async function loadSettings(services: Needed): Promise<void> {
  if (services.store.getState().settings === null) await readSettings(services);
}

/** Shows the settings at once and saves them; when that fails, they are as before and the person is told. */
export async function saveSettings({ api, store }: Needed, settings: Settings): Promise<void> {
  store.getState().changeSettings(settings);
  try {
    store.getState().keepSettings(settings, await api.settings.set(settings));
  } catch (thrown) {
    store.getState().revertSettings(settings);
    showError(thrown, 'Settings');
  }
}
