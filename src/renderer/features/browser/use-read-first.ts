import { useEffect, useRef } from 'react';
import type { VideoSummary } from '../../../shared/media';
import { useApp, useServices } from '../../services';
import { ReadFirst } from './read-first';
import type { VideoList } from './use-video-list';
import type { VirtualRows } from './use-virtual-rows';

/** What a person looks at is read, and gets its pictures, before the rest. */
export function useReadFirst(list: VideoList, rows: VirtualRows, itemsPerRow: number): void {
  const { api } = useServices();
  const selectedId = useApp((state) => state.selectedId);
  const wish = useRef<ReadFirst>(null);
  useEffect(() => {
    // It is only a wish: without it everything is read all the same.
    const send = (ids: number[]) => void api.videos.readFirst({ ids }).catch(() => undefined);
    const current = new ReadFirst(send);
    wish.current = current;
    return () => current.dispose();
  }, [api]);

  // After every render: rows that arrived, moved or are done change what is wanted.
  useEffect(() => {
    const active = list.activeIndex === null ? undefined : list.row(list.activeIndex);
    const selected = active?.id === selectedId ? active : undefined;
    const shown = [selected, ...rowsOf(list, rows.onScreen, itemsPerRow)];
    // The rows beyond the edges come next: they are already drawn.
    const drawn = rowsOf(list, rows.range, itemsPerRow);
    wish.current?.want([...shown, ...drawn].filter((video) => video !== undefined));
  });
}

function rowsOf(
  list: VideoList,
  range: { first: number; last: number } | null,
  itemsPerRow: number,
): (VideoSummary | undefined)[] {
  if (range === null) return [];
  const length = (range.last - range.first + 1) * itemsPerRow;
  return Array.from({ length }, (_, offset) => list.row(range.first * itemsPerRow + offset));
}
