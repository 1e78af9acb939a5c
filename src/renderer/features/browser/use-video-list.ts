import { useEffect, useSyncExternalStore } from 'react';
import type { ErrorShape } from '../../../shared/errors';
import type { VideoSummary } from '../../../shared/media';
import type { QueryError } from '../../../shared/query/query-node';
import type { VideoQuery } from '../../../shared/video-query';
import { useApp, useServices } from '../../services';
import type { QueryPages } from './query-pages';

/** The shown rows as grid and table use them. */
export interface VideoList {
  query: VideoQuery | null;
  /** Null until the first answer. */
  total: number | null;
  error: ErrorShape | null;
  row: (index: number) => VideoSummary | undefined;
  want: (first: number, last: number) => void;
  /** Where the keyboard stands; follows the selected video when rows come in above it. */
  activeIndex: number | null;
}

/** Subscribes to the shown rows; renders again when they change. */
export function useVideoList(): VideoList {
  const { videos } = useServices();
  useSyncExternalStore(videos.subscribe, videos.revision);
  const selectedId = useApp((state) => state.selectedId);
  const storedIndex = useApp((state) => state.activeIndex);
  const select = useApp((state) => state.select);
  const pages = videos.shown;
  const activeIndex = pages === null ? null : currentIndex(pages, storedIndex, selectedId);

  // The keyboard moved to a row that was not loaded: it is selected once it is there.
  const arrivedId =
    selectedId === null && activeIndex !== null ? (pages?.row(activeIndex)?.id ?? null) : null;
  useEffect(() => {
    if (arrivedId !== null) select(arrivedId, activeIndex);
  }, [arrivedId, activeIndex, select]);

  return {
    query: pages?.query ?? null,
    total: pages?.total ?? null,
    error: videos.error,
    row: (index) => pages?.row(index),
    want: (first, last) => pages?.want(first, last),
    activeIndex,
  };
}

/** What of the shown search is not understood, and left out. */
export function useQueryErrors(): readonly QueryError[] {
  const { videos } = useServices();
  return useSyncExternalStore(videos.subscribe, () => videos.shown?.queryErrors ?? NONE);
}

const NONE: readonly QueryError[] = [];

function currentIndex(
  pages: QueryPages,
  index: number | null,
  selectedId: number | null,
): number | null {
  if (selectedId === null) return index;
  const row = index === null ? undefined : pages.row(index);
  if (index !== null && (row === undefined || row.id === selectedId)) return index;
  return pages.indexOf(selectedId);
}
