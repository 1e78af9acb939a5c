import type { Settings } from '../../../shared/settings';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';

type Needed = Pick<Services, 'api' | 'store'>;

/** Reads the settings unless they are known: nothing but this page changes them. */
export async function loadSettings({ api, store }: Needed): Promise<void> {
  if (store.getState().settings !== null) return;
  try {
    store.getState().keepSettings(null, await api.settings.get({}));
  } catch (thrown) {
    showError(thrown, 'Settings');
  }
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
