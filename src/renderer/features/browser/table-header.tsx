// biome-ignore-all lint/a11y/useSemanticElements: rows outside the screen are not drawn, which a <table> cannot lay out
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and the sorting buttons in the header have their own
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useApp } from '../../services';
import { classes } from '../../ui/classes';
import { COLUMN_TRACKS, COLUMNS, type Column } from './columns';
import { ROW_CLASSES } from './table-row';

/** The column titles; a click sorts, a second one turns the order. */
export function TableHeader() {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-surface-0">
      <div
        role="row"
        aria-rowindex={1}
        className={classes(ROW_CLASSES, 'border-b border-line text-label text-muted')}
        style={{ gridTemplateColumns: COLUMN_TRACKS }}
      >
        {COLUMNS.map((column) => (
          <HeaderCell key={column.id} column={column} />
        ))}
      </div>
    </div>
  );
}

function HeaderCell({ column }: { column: Column }) {
  const { sort, title, numeric } = column;
  const isSorted = useApp((state) => state.sort === sort);
  const descending = useApp((state) => state.descending);
  const sortBy = useApp((state) => state.sortBy);
  if (sort === null) {
    return (
      <span role="columnheader" className={classes(numeric && 'text-right')}>
        {title}
      </span>
    );
  }
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : 'none'}
      className="min-w-0"
    >
      <button
        type="button"
        onClick={() => sortBy(sort)}
        className={classes(
          'flex h-6 w-full items-center gap-1 rounded-badge hover:text-text',
          numeric && 'flex-row-reverse',
          isSorted && 'text-text',
        )}
      >
        {title}
        {isSorted && <Arrow aria-hidden className="size-3!" />}
      </button>
    </span>
  );
}
