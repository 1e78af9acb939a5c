import { useEffect } from 'react';
import { useApp, useServices } from '../../services';
import type { VideoList } from './use-video-list';

/** While the view moves on, nothing is asked for. */
const REST_MS = 150;
const MOST = 500;

/** What a person looks at is read before the rest of a scan: the selected video, and what is on screen. */
export function useReadFirst(list: VideoList, first: number, last: number): void {
  const { api } = useServices();
  const selectedId = useApp((state) => state.selectedId);
  const ids: number[] = [];
  for (let index = first; index <= last && ids.length < MOST; index++) {
    const video = list.row(index);
    if (video && video.state === 'ok' && video.probeLevel !== 'full') ids.push(video.id);
  }
  ids.sort((one, other) => Number(other === selectedId) - Number(one === selectedId));
  const wanted = ids.join();
  useEffect(() => {
    if (wanted === '') return;
    const ask = () => {
      // It is only a wish: without it everything is read all the same.
      api.videos.readFirst({ ids: wanted.split(',').map(Number) }).catch(() => undefined);
    };
    const timer = setTimeout(ask, REST_MS);
    return () => clearTimeout(timer);
  }, [api, wanted]);
}
