import { useEffect, useLayoutEffect } from 'react';
import { useApp } from '../../services';
import { useReadFirst } from './use-read-first';
import type { VideoList } from './use-video-list';
import type { VirtualRows } from './use-virtual-rows';
import { queryKey } from './video-source';

/** Loads what is on screen, starts another query at its top, and shows what was played last when the player closes. */
export function useShownRows(list: VideoList, rows: VirtualRows, itemsPerRow: number): void {
  const { want } = list;
  const first = (rows.range?.first ?? 0) * itemsPerRow;
  const last = ((rows.range?.last ?? 0) + 1) * itemsPerRow - 1;
  // Asking again for what is there costs nothing; asking after every render never misses a change of rows.
  useEffect(() => want(first, last));
  useReadFirst(list, rows, itemsPerRow);

  const key = list.query === null ? null : queryKey(list.query);
  const { measured, scrollToTop, scrollToRow } = rows;
  const { activeIndex } = list;
  const playing = useApp((state) => state.player !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another query and the closing player move the rows
  useLayoutEffect(() => {
    if (!measured || playing) return;
    if (activeIndex === null) scrollToTop();
    else scrollToRow(Math.floor(activeIndex / itemsPerRow));
  }, [key, measured, playing]);
}
