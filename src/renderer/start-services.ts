import type { VitrineBridge } from '../shared/contract';
import { createApi } from './api';
import { VideoSource } from './features/browser/video-source';
import { connectShortcuts } from './features/commands/shortcuts';
import { Player } from './features/player/player';
import { connectLibrary } from './features/shell/connect';
import { NARROW_BELOW } from './features/shell/layout-slice';
import { loadPreferences, savePreferences } from './preferences';
import type { Services } from './services';
import { createAppStore } from './store';

/** Makes what the page shares and ties it to the bridge and the window, for as long as the window lives. */
export function startServices(bridge: VitrineBridge): Services {
  const api = createApi(bridge);
  const store = createAppStore(loadPreferences(window.localStorage));
  const videos = new VideoSource((query, index, limit) => api.videos.page({ query, index, limit }));
  const services = { api, store, videos, player: new Player({ api, store, videos }) };
  store.subscribe((state, before) => savePreferences(window.localStorage, state, before));
  followWindowWidth(services);
  connectShortcuts(services);
  connectLibrary(services);
  return services;
}

function followWindowWidth({ store }: Services): void {
  const narrow = window.matchMedia(`(max-width: ${NARROW_BELOW - 1}px)`);
  store.getState().setNarrow(narrow.matches);
  narrow.addEventListener('change', () => store.getState().setNarrow(narrow.matches));
}
