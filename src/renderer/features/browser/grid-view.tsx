import { useCallback, useRef } from 'react';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { GRID_GAP, GRID_PADDING, type GridLayout, gridLayout } from './grid-layout';
import { useItemKeys } from './use-item-keys';
import { useShownRows } from './use-shown-rows';
import type { VideoList } from './use-video-list';
import { useElementSize, useVirtualRows } from './use-virtual-rows';
import { LIST_FOCUS_RING, useFocusWhenFree, VIDEO_LIST_ID } from './video-list-focus';
import { TilePlaceholder, VideoTile } from './video-tile';

/**
 * The videos as tiles. The listbox itself keeps the focus and names its active option, so that the focus is never
 * lost with a tile that scrolls away.
 */
export function GridView({ list }: { list: VideoList }) {
  const scroller = useRef<HTMLDivElement>(null);
  const size = useElementSize(scroller);
  useFocusWhenFree(scroller);
  const tileSize = useApp((state) => state.tileSize);
  const layout = gridLayout(size.width, tileSize);
  const total = list.total ?? 0;
  const rows = useVirtualRows(scroller, size, {
    rowCount: size.width === 0 ? 0 : Math.ceil(total / layout.columns),
    rowHeight: layout.rowHeight,
    leading: GRID_PADDING,
    itemsPerRow: layout.columns,
  });
  useShownRows(list, rows, layout.columns);
  const onKeyDown = useItemKeys(list, rows, layout.columns);
  const active = list.activeIndex === null ? undefined : list.row(list.activeIndex);

  return (
    <div
      ref={scroller}
      id={VIDEO_LIST_ID}
      role="listbox"
      tabIndex={0}
      aria-label="Videos"
      aria-busy={list.total === null}
      aria-activedescendant={
        active && isDrawn(list, rows.range, layout) ? `video-${active.id}` : undefined
      }
      onScroll={rows.onScroll}
      onScrollEnd={rows.onScrollEnd}
      onKeyDown={onKeyDown}
      className={classes(
        'group/list min-h-0 flex-1 overflow-x-hidden overflow-y-scroll',
        list.activeIndex === null ? LIST_FOCUS_RING : 'outline-none',
      )}
    >
      <div
        role="presentation"
        className="relative"
        style={{ height: rows.contentHeight, marginTop: GRID_PADDING }}
      >
        {rows.range && (
          <div
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{
              transform: `translateY(${rows.windowTop}px)`,
              paddingInline: GRID_PADDING,
            }}
          >
            <TileRows list={list} layout={layout} range={rows.range} />
          </div>
        )}
      </div>
    </div>
  );
}

function TileRows({
  list,
  layout,
  range,
}: {
  list: VideoList;
  layout: GridLayout;
  range: { first: number; last: number };
}) {
  const rows = Array.from({ length: range.last - range.first + 1 }, (_, row) => range.first + row);
  return rows.map((row) => (
    <div
      key={row}
      role="presentation"
      className="flex"
      style={{ height: layout.rowHeight, gap: GRID_GAP }}
    >
      <TilesOfRow list={list} layout={layout} row={row} />
    </div>
  ));
}

function TilesOfRow({ list, layout, row }: { list: VideoList; layout: GridLayout; row: number }) {
  const selectedId = useApp((state) => state.selectedId);
  const scrubbedId = useApp((state) => state.scrub?.videoId ?? null);
  const select = useApp((state) => state.select);
  const { player } = useServices();
  const open = useCallback((id: number) => player.open(id), [player]);
  const total = list.total ?? 0;
  const start = row * layout.columns;
  const indexes = Array.from(
    { length: Math.min(layout.columns, total - start) },
    (_, column) => start + column,
  );
  return indexes.map((index) => {
    const video = list.row(index);
    if (!video) {
      return (
        <TilePlaceholder key={index} width={layout.tileWidth} frameHeight={layout.frameHeight} />
      );
    }
    return (
      <VideoTile
        key={index}
        video={video}
        index={index}
        total={total}
        width={layout.tileWidth}
        frameHeight={layout.frameHeight}
        selected={video.id === selectedId}
        active={index === list.activeIndex}
        scrubbed={video.id === scrubbedId}
        onSelect={select}
        onOpen={open}
      />
    );
  });
}

function isDrawn(
  { activeIndex }: VideoList,
  range: { first: number; last: number } | null,
  { columns }: GridLayout,
): boolean {
  if (activeIndex === null || range === null) return false;
  const row = Math.floor(activeIndex / columns);
  return row >= range.first && row <= range.last;
}
