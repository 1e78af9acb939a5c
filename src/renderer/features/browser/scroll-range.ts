/**
 * Scrolling through more rows than an element can be tall. Browsers stop at about 33 million pixels; above
 * {@link MAX_CONTENT_HEIGHT} the content is laid out shorter than its rows need. Small movements (wheel, keys) still
 * move the rows pixel by pixel, a large one (the dragged thumb) goes to the same fraction of the rows, and once
 * scrolling rests the thumb is put back to where its fraction belongs.
 */
export const MAX_CONTENT_HEIGHT = 12_000_000;

export interface ScrollGeometry {
  rowCount: number;
  /** Pixels. */
  rowHeight: number;
  viewportHeight: number;
}

/** The scrollbar's position, and how far down the rows are at the top edge; equal unless compressed. */
export interface ScrollPosition {
  scrollTop: number;
  rowsTop: number;
}

/** Height that the scrolled element gets. */
export function contentHeight({ rowCount, rowHeight }: ScrollGeometry): number {
  return Math.min(rowCount * rowHeight, MAX_CONTENT_HEIGHT);
}

/** The position after the browser moved its scrollbar to `scrollTop`. */
export function afterScroll(
  before: ScrollPosition,
  scrollTop: number,
  geometry: ScrollGeometry,
): ScrollPosition {
  if (!isCompressed(geometry)) return { scrollTop, rowsTop: scrollTop };
  const delta = scrollTop - before.scrollTop;
  const isJump = Math.abs(delta) > geometry.viewportHeight * 2;
  const rowsTop = isJump
    ? rowsTopOf(scrollTop, geometry)
    : clamp(before.rowsTop + delta, 0, maxRowsTop(geometry));
  return { scrollTop, rowsTop };
}

/** The position whose scrollbar tells the truth about its rows. */
export function atRows(rowsTop: number, geometry: ScrollGeometry): ScrollPosition {
  const top = clamp(rowsTop, 0, maxRowsTop(geometry));
  if (!isCompressed(geometry)) return { scrollTop: top, rowsTop: top };
  return { scrollTop: (top / maxRowsTop(geometry)) * maxScrollTop(geometry), rowsTop: top };
}

/** Rows on screen, both ends included, with `overscan` rows beyond either edge; null when there are none. */
export function visibleRows(
  rowsTop: number,
  { rowCount, rowHeight, viewportHeight }: ScrollGeometry,
  overscan: number,
): { first: number; last: number } | null {
  if (rowCount === 0 || viewportHeight === 0) return null;
  const first = Math.floor(rowsTop / rowHeight) - overscan;
  const last = Math.floor((rowsTop + viewportHeight - 1) / rowHeight) + overscan;
  return { first: clamp(first, 0, rowCount - 1), last: clamp(last, 0, rowCount - 1) };
}

/** The nearest rows position at which a row is wholly visible, with `margin` pixels of air. */
export function rowsTopToShow(
  row: number,
  rowsTop: number,
  { rowHeight, viewportHeight }: ScrollGeometry,
  margin: number,
): number {
  const top = row * rowHeight - margin;
  const bottom = (row + 1) * rowHeight + margin - viewportHeight;
  if (top < rowsTop) return top;
  return Math.max(bottom, rowsTop);
}

function isCompressed(geometry: ScrollGeometry): boolean {
  return geometry.rowCount * geometry.rowHeight > MAX_CONTENT_HEIGHT;
}

function rowsTopOf(scrollTop: number, geometry: ScrollGeometry): number {
  return clamp(scrollTop / maxScrollTop(geometry), 0, 1) * maxRowsTop(geometry);
}

function maxScrollTop(geometry: ScrollGeometry): number {
  return Math.max(0, contentHeight(geometry) - geometry.viewportHeight);
}

function maxRowsTop({ rowCount, rowHeight, viewportHeight }: ScrollGeometry): number {
  return Math.max(0, rowCount * rowHeight - viewportHeight);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
