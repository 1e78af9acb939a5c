import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  afterScroll,
  atRows,
  contentHeight,
  rowsTopToShow,
  type ScrollGeometry,
  type ScrollPosition,
  visibleRows,
} from './scroll-range';

const TOP: ScrollPosition = { scrollTop: 0, rowsTop: 0 };
/** Rows drawn beyond either edge, so that scrolling does not uncover blank space. */
const OVERSCAN = 3;

export interface VirtualRows {
  /** Whether the element has been laid out: before, nobody can say which rows are on screen. */
  measured: boolean;
  /** Height of the element that the rows lie in. */
  contentHeight: number;
  /** Offset of the first drawn row within it. */
  windowTop: number;
  /** Drawn rows, both ends included; null when there are none. */
  range: { first: number; last: number } | null;
  /** Those of them that are on screen. */
  onScreen: { first: number; last: number } | null;
  pageRows: number;
  onScroll: () => void;
  onScrollEnd: () => void;
  scrollToRow: (row: number) => void;
  scrollToTop: () => void;
}

/**
 * Draws only the rows on screen, of any number of rows of one height.
 *
 * @param leading pixels above the first row that scroll or stick with it (padding, header)
 * @param itemsPerRow so that the item in the top left corner stays there when columns change
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  size: { height: number },
  options: { rowCount: number; rowHeight: number; leading: number; itemsPerRow: number },
): VirtualRows {
  const { rowCount, rowHeight, leading, itemsPerRow } = options;
  const geometry: ScrollGeometry = {
    rowCount,
    rowHeight,
    viewportHeight: Math.max(0, size.height - leading),
  };
  const [position, setPosition] = useState(TOP);
  const latest = useRef(TOP);

  const moveTo = (next: ScrollPosition) => {
    latest.current = next;
    if (scroller.current) scroller.current.scrollTop = next.scrollTop;
    setPosition(next);
  };
  const onScroll = () => {
    const next = afterScroll(latest.current, scroller.current?.scrollTop ?? 0, geometry);
    latest.current = next;
    setPosition((drawn) => (drawsTheSame(drawn, next, geometry) ? drawn : next));
  };
  const onScrollEnd = () => {
    const settled = atRows(latest.current.rowsTop, geometry);
    // Within a pixel the browser's own rounding is at work, not compression.
    if (Math.abs(settled.scrollTop - latest.current.scrollTop) > 1) moveTo(settled);
  };

  useItemAnchor(rowHeight, itemsPerRow, (itemRowOf) =>
    moveTo(atRows(itemRowOf(latest.current.rowsTop), geometry)),
  );

  const range = visibleRows(position.rowsTop, geometry, OVERSCAN);
  const shift = position.scrollTop - position.rowsTop;
  return {
    measured: geometry.viewportHeight > 0,
    contentHeight: contentHeight(geometry),
    windowTop: (range?.first ?? 0) * rowHeight + shift,
    range,
    onScreen: visibleRows(position.rowsTop, geometry, 0),
    pageRows: Math.max(1, Math.floor(geometry.viewportHeight / rowHeight)),
    onScroll,
    onScrollEnd,
    scrollToRow: (row) => {
      const rowsTop = rowsTopToShow(row, latest.current.rowsTop, geometry, 0);
      if (rowsTop !== latest.current.rowsTop) moveTo(atRows(rowsTop, geometry));
    },
    scrollToTop: () => moveTo(TOP),
  };
}

/** Calls back with a translation of the old scroll offset when row height or columns have changed. */
function useItemAnchor(
  rowHeight: number,
  itemsPerRow: number,
  restore: (rowsTopOf: (oldRowsTop: number) => number) => void,
): void {
  const before = useRef({ rowHeight, itemsPerRow });
  useLayoutEffect(() => {
    const old = before.current;
    if (old.rowHeight === rowHeight && old.itemsPerRow === itemsPerRow) return;
    before.current = { rowHeight, itemsPerRow };
    restore((oldRowsTop) => {
      const firstItem = Math.round(oldRowsTop / old.rowHeight) * old.itemsPerRow;
      return Math.floor(firstItem / itemsPerRow) * rowHeight;
    });
  });
}

function drawsTheSame(a: ScrollPosition, b: ScrollPosition, geometry: ScrollGeometry): boolean {
  if (a.scrollTop - a.rowsTop !== b.scrollTop - b.rowsTop) return false;
  const rangeA = visibleRows(a.rowsTop, geometry, 0);
  const rangeB = visibleRows(b.rowsTop, geometry, 0);
  return rangeA?.first === rangeB?.first && rangeA?.last === rangeB?.last;
}

/** An element's inner size, followed as it changes; zero before the first layout. */
export function useElementSize(element: RefObject<HTMLElement | null>): {
  width: number;
  height: number;
} {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => setSize({ width: target.clientWidth, height: target.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
