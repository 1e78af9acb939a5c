import { describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import { DEFAULT_SETTINGS } from '../../../shared/settings';
import { createApi } from '../../api';
import { createAppStore } from '../../store';
import { createFakeBridge } from '../../testing/fake-bridge';
import { showError } from '../../ui/error-toast';
import { loadSettings, saveSettings } from './save-settings';

vi.mock('../../ui/error-toast');

async function start() {
  const api = createApi(createFakeBridge({ extensions: ['old'] }));
  const store = createAppStore();
  const services = { api, store };
  await loadSettings(services);
  return { api, services, shown: () => store.getState().settings?.extraExtensions };
}

const change = (...extraExtensions: string[]) => ({ extraExtensions });
const kept = (...extraExtensions: string[]) => ({ ...DEFAULT_SETTINGS, extraExtensions });
const diskFull = () => Promise.reject(new VitrineError('DISK_FULL', 'ENOSPC'));

describe('settings', () => {
  it('are shown at once and kept by the library', async () => {
    const { api, services, shown } = await start();
    expect(shown()).toEqual(['old']);
    const saved = saveSettings(services, change('old', 'xyz'));
    expect(shown()).toEqual(['old', 'xyz']);
    await saved;
    expect(shown()).toEqual(['old', 'xyz']);
    expect(await api.settings.get({})).toEqual(kept('old', 'xyz'));
  });

  it('go back to what is kept when every save fails, and say so', async () => {
    const { api, services, shown } = await start();
    vi.spyOn(api.settings, 'change').mockImplementation(diskFull);
    await Promise.all([
      saveSettings(services, change('old', 'a')),
      saveSettings(services, change('old', 'a', 'b')),
    ]);
    expect(shown()).toEqual(['old']);
    expect(showError).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'DISK_FULL' }),
      'Settings',
    );
  });

  it('keep a newer change when an older one fails', async () => {
    const { api, services, shown } = await start();
    vi.spyOn(api.settings, 'change').mockImplementationOnce(diskFull);
    await Promise.all([
      saveSettings(services, change('old', 'a')),
      saveSettings(services, change('old', 'a', 'b')),
    ]);
    expect(shown()).toEqual(['old', 'a', 'b']);
  });

  it('are not put back by a change of another', async () => {
    const { api, services } = await start();
    await api.settings.change({ watchFolders: false });
    await saveSettings(services, { jobsPerVolume: 3 });
    const settings = { ...kept('old'), watchFolders: false, jobsPerVolume: 3 };
    expect(await api.settings.get({})).toEqual(settings);
    expect(services.store.getState().settings).toEqual(settings);
  });

  it('stay unknown when they cannot be read, and are read the next time', async () => {
    const api = createApi(createFakeBridge({ extensions: ['old'] }));
    const store = createAppStore();
    vi.spyOn(api.settings, 'get').mockImplementationOnce(diskFull);
    await loadSettings({ api, store });
    expect(store.getState().settings).toBeNull();
    await loadSettings({ api, store });
    expect(store.getState().settings).toEqual(kept('old'));
  });
});
