import type { KeyboardEvent } from 'react';
import { useApp, useServices } from '../../services';
import { indexAfterKey } from '../../ui/navigation';
import type { VideoList } from './use-video-list';
import type { VirtualRows } from './use-virtual-rows';

/** The keys that grid and table have in common: arrows, Home, End, Page Up, Page Down; space and Enter play. */
export function useItemKeys(
  list: VideoList,
  rows: VirtualRows,
  columns: number,
): (event: KeyboardEvent<HTMLElement>) => void {
  const moveTo = useApp((state) => state.moveTo);
  const { player } = useServices();
  return (event) => {
    // Keys on a header's button are the button's own, and a modifier makes them another command.
    if (event.target !== event.currentTarget) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const video = list.activeIndex === null ? undefined : list.row(list.activeIndex);
      if (video && !event.repeat) player.open(video.id);
      return;
    }
    const layout = { total: list.total ?? 0, columns, pageRows: rows.pageRows };
    const index = indexAfterKey(event.key, list.activeIndex, layout);
    if (index === null) return;
    event.preventDefault();
    moveTo(index, list.row(index)?.id ?? null);
    rows.scrollToRow(Math.floor(index / columns));
  };
}
