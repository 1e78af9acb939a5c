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

const extensions = (...extraExtensions: string[]) => ({ ...DEFAULT_SETTINGS, extraExtensions });
const diskFull = () => Promise.reject(new VitrineError('DISK_FULL', 'ENOSPC'));

describe('settings', () => {
  it('are shown at once and kept by the library', async () => {
    const { api, services, shown } = await start();
    expect(shown()).toEqual(['old']);
    const saved = saveSettings(services, extensions('old', 'xyz'));
    expect(shown()).toEqual(['old', 'xyz']);
    await saved;
    expect(shown()).toEqual(['old', 'xyz']);
    expect(await api.settings.get({})).toEqual(extensions('old', 'xyz'));
  });

  it('go back to what is kept when every save fails, and say so', async () => {
    const { api, services, shown } = await start();
    vi.spyOn(api.settings, 'set').mockImplementation(diskFull);
    await Promise.all([
      saveSettings(services, extensions('old', 'a')),
      saveSettings(services, extensions('old', 'a', 'b')),
    ]);
    expect(shown()).toEqual(['old']);
    expect(showError).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'DISK_FULL' }),
      'Settings',
    );
  });

  it('keep a newer change when an older one fails', async () => {
    const { api, services, shown } = await start();
    vi.spyOn(api.settings, 'set').mockImplementationOnce(diskFull);
    await Promise.all([
      saveSettings(services, extensions('old', 'a')),
      saveSettings(services, extensions('old', 'a', 'b')),
    ]);
    expect(shown()).toEqual(['old', 'a', 'b']);
  });

  it('stay unknown when they cannot be read, and are read the next time', async () => {
    const api = createApi(createFakeBridge({ extensions: ['old'] }));
    const store = createAppStore();
    vi.spyOn(api.settings, 'get').mockImplementationOnce(diskFull);
    await loadSettings({ api, store });
    expect(store.getState().settings).toBeNull();
    await loadSettings({ api, store });
    expect(store.getState().settings).toEqual(extensions('old'));
  });
});
