import type { VitrineBridge } from '../shared/contract';
import { createApi } from './api';
import { VideoSource } from './features/browser/video-source';
import { connectShortcuts } from './features/commands/shortcuts';
import { Player } from './features/player/player';
import { type PictureUrl, Previews } from './features/previews/previews';
import { connectScrubKeys } from './features/previews/scrub-keys';
import { connectLibrary } from './features/shell/connect';
import { NARROW_BELOW } from './features/shell/layout-slice';
import { loadPreferences, savePreferences } from './preferences';
import type { Services } from './services';
import { createAppStore } from './store';

/**
 * Makes what the page shares and ties it to the bridge and the window, for as long as the window lives.
 *
 * @param pictureUrl where images are, if not where the app serves them
 */
export function startServices(bridge: VitrineBridge, pictureUrl?: PictureUrl): Services {
  const api = createApi(bridge);
  const store = createAppStore(loadPreferences(window.localStorage));
  const videos = new VideoSource((query, index, limit) => api.videos.page({ query, index, limit }));
  const previews = new Previews(api, pictureUrl);
  const player = new Player({ api, store, videos });
  const services = { api, store, videos, previews, player };
  store.subscribe((state, before) => savePreferences(window.localStorage, state, before));
  followWindowWidth(services);
  connectShortcuts(services);
  connectScrubKeys(services);
  connectLibrary(services);
  return services;
}

function followWindowWidth({ store }: Services): void {
  const narrow = window.matchMedia(`(max-width: ${NARROW_BELOW - 1}px)`);
  store.getState().setNarrow(narrow.matches);
  narrow.addEventListener('change', () => store.getState().setNarrow(narrow.matches));
}
