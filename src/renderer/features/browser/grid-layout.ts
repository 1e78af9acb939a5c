/** Space between tiles and around the grid, in CSS pixels. */
export const GRID_GAP = 16;
export const GRID_PADDING = 16;
/** Name, facts and the air above them, below a tile's frame. */
const CAPTION_HEIGHT = 44;

export interface GridLayout {
  columns: number;
  tileWidth: number;
  frameHeight: number;
  /** Height of a row with its gap. */
  rowHeight: number;
}

/** As many tiles of at least `tileSize` as fit, grown to fill the row. */
export function gridLayout(width: number, tileSize: number): GridLayout {
  const inner = Math.max(tileSize, width - 2 * GRID_PADDING);
  const columns = Math.max(1, Math.floor((inner + GRID_GAP) / (tileSize + GRID_GAP)));
  const tileWidth = Math.floor((inner - GRID_GAP * (columns - 1)) / columns);
  const frameHeight = Math.round((tileWidth * 9) / 16);
  return { columns, tileWidth, frameHeight, rowHeight: frameHeight + CAPTION_HEIGHT + GRID_GAP };
}
