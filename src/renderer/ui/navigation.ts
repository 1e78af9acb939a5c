/** How the rows are laid out for the keyboard; a table has one column. */
export interface NavigationLayout {
  total: number;
  columns: number;
  /** Whole rows that fit on the screen. */
  pageRows: number;
}

/** Index that a key leads to from `index` (null: nothing is active yet); null where the key does not move. */
export function indexAfterKey(
  key: string,
  index: number | null,
  { total, columns, pageRows }: NavigationLayout,
): number | null {
  const step = stepOf(key, columns, pageRows);
  if (total === 0 || step === null) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return total - 1;
  if (index === null) return 0;
  const target = index + step;
  if (Math.abs(step) === 1) return Math.min(total - 1, Math.max(0, target));
  if (target < 0) return key === 'ArrowUp' ? index : index % columns;
  if (target < total) return target;
  // Below the last row there is nothing; a last row that is not full still takes the move.
  const lastRow = Math.floor((total - 1) / columns);
  const isInLastRow = Math.floor(index / columns) === lastRow;
  return isInLastRow ? index : Math.min(total - 1, lastRow * columns + (index % columns));
}

function stepOf(key: string, columns: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return columns > 1 ? -1 : null;
    case 'ArrowRight':
      return columns > 1 ? 1 : null;
    case 'ArrowUp':
      return -columns;
    case 'ArrowDown':
      return columns;
    case 'PageUp':
      return -columns * Math.max(1, pageRows);
    case 'PageDown':
      return columns * Math.max(1, pageRows);
    case 'Home':
    case 'End':
      return 0;
    default:
      return null;
  }
}
