import { onTestFinished, vi } from 'vitest';
import { createApi } from '../api';
import { VideoSource } from '../features/browser/video-source';
import { Player } from '../features/player/player';
import { Previews } from '../features/previews/previews';
import { connectLibrary } from '../features/shell/connect';
import type { Services } from '../services';
import { type AppState, createAppStore } from '../store';
import { createFakeBridge, type FakeBridge, type FakeOptions } from './fake-bridge';

interface FakeServices extends Services {
  services: Services;
  bridge: FakeBridge;
  state: () => AppState;
}

/** What the page shares, over made-up data and tied to it, until the test ends. */
export function connectFakeServices(options: FakeOptions): FakeServices {
  const bridge = createFakeBridge(options);
  const api = createApi(bridge);
  const videos = new VideoSource((query, index, limit) => api.videos.page({ query, index, limit }));
  const store = createAppStore();
  const previews = new Previews(api);
  const player = new Player({ api, store, videos });
  const services: Services = { api, store, videos, previews, player };
  onTestFinished(connectLibrary(services));
  return { ...services, services, bridge, state: () => services.store.getState() };
}

/** As {@link connectFakeServices}, once the library is open and everything of it is known. */
export async function openFakeLibrary(options: FakeOptions): Promise<FakeServices> {
  const connected = connectFakeServices(options);
  await vi.waitFor(() => {
    const { summary, settings, jobs } = connected.state();
    if (!summary || !settings || jobs.length < (options.history?.length ?? 0)) {
      throw new Error('The library is not open yet.');
    }
  });
  return connected;
}
