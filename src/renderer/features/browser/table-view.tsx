// biome-ignore-all lint/a11y/useSemanticElements: rows outside the screen are not drawn, which a <table> cannot lay out
import { useCallback, useRef } from 'react';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { TABLE_MIN_WIDTH } from './columns';
import { TableHeader } from './table-header';
import { TABLE_ROW_HEIGHT, TableRow } from './table-row';
import { useItemKeys } from './use-item-keys';
import { useShownRows } from './use-shown-rows';
import type { VideoList } from './use-video-list';
import { useElementSize, useVirtualRows } from './use-virtual-rows';
import { LIST_FOCUS_RING, useFocusWhenFree, VIDEO_LIST_ID } from './video-list-focus';

/** The videos as rows. Like the grid it keeps the focus itself and names its active row. */
export function TableView({ list }: { list: VideoList }) {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useElementSize(scroller);
  useFocusWhenFree(scroller);
  const total = list.total ?? 0;
  const rows = useVirtualRows(scroller, size, {
    rowCount: total,
    rowHeight: TABLE_ROW_HEIGHT,
    leading: TABLE_ROW_HEIGHT,
    itemsPerRow: 1,
  });
  useShownRows(list, rows, 1);
  const onKeyDown = useItemKeys(list, rows, 1);
  const { activeIndex } = list;
  const active = activeIndex === null ? undefined : list.row(activeIndex);
  const isActiveDrawn =
    activeIndex !== null &&
    rows.range !== null &&
    activeIndex >= rows.range.first &&
    activeIndex <= rows.range.last;

  return (
    <div
      ref={scroller}
      id={VIDEO_LIST_ID}
      role="grid"
      tabIndex={0}
      aria-label="Videos"
      aria-busy={list.total === null}
      aria-rowcount={total + 1}
      aria-activedescendant={active && isActiveDrawn ? `video-${active.id}` : undefined}
      onScroll={rows.onScroll}
      onScrollEnd={rows.onScrollEnd}
      onKeyDown={onKeyDown}
      className={classes(
        'group/list min-h-0 flex-1 overflow-auto',
        activeIndex === null ? LIST_FOCUS_RING : 'outline-none',
      )}
    >
      <div role="presentation" style={{ minWidth: TABLE_MIN_WIDTH }}>
        <TableHeader />
        <div role="presentation" className="relative" style={{ height: rows.contentHeight }}>
          {rows.range && (
            <div
              role="rowgroup"
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${rows.windowTop}px)` }}
            >
              <TableRows list={list} range={rows.range} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

function TableRows({ list, range }: { list: VideoList; range: { first: number; last: number } }) {
  const selectedId = useApp((state) => state.selectedId);
  const select = useApp((state) => state.select);
  const { player } = useServices();
  const open = useCallback((id: number) => player.open(id), [player]);
  const indexes = Array.from(
    { length: range.last - range.first + 1 },
    (_, offset) => range.first + offset,
  );
  return indexes.map((index) => {
    const video = list.row(index);
    return (
      <TableRow
        key={index}
        video={video}
        index={index}
        selected={video !== undefined && video.id === selectedId}
        active={index === list.activeIndex}
        onSelect={select}
        onOpen={open}
      />
    );
  });
}
