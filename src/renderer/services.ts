import { createContext, use } from 'react';
import type { Api } from './api';
import type { VideoSource } from './features/browser/video-source';
import type { Player } from './features/player/player';
import type { Previews } from './features/previews/previews';
import type { AppState, AppStore } from './store';

/** What the whole page shares; made once by the entry, or by a test. */
export interface Services {
  api: Api;
  store: AppStore;
  videos: VideoSource;
  previews: Previews;
  player: Player;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error('There is no ServicesContext above this component.');
  return services;
}

/** Part of the state; the component renders again only when that part changes. */
export function useApp<Part>(select: (state: AppState) => Part): Part {
  const { store } = useServices();
  return store(select);
}
