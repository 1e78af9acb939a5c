import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheck } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo } from 'react';
import { countOf, formatCount } from '../../format/number';
import { useApp } from '../../services';
import { MessagePage } from '../../ui/message-page';
import { useRovingRows } from '../../ui/use-roving-rows';
import { PaneHeader } from '../shell/pane-header';
import { ProblemRow } from './problem-row';
import { ProblemTools } from './problem-tools';
import { type Checked, useChecked } from './use-checked';
import { type ProblemEntry, useProblems } from './use-problems';

/** Estimated height of a closed row in pixels; real heights are measured. */
const ROW_HEIGHT = 108;

/** The files that could not be read, why, and what can be done about it. */
export function ProblemsPage() {
  const { entries, hasMore, loadMore } = useProblems();
  const count = useApp((state) => state.summary?.counts.problems ?? 0);
  const ids = useMemo(() => (entries ?? []).map(({ id }) => id), [entries]);
  const checked = useChecked(ids);
  return (
    <>
      <PaneHeader title="Problems" count={countWords(count, checked.ids.length)}>
        {ids.length > 0 && (
          <ProblemTools checked={checked.ids} count={count} onDone={checked.clear} />
        )}
      </PaneHeader>
      {entries?.length === 0 && (
        <MessagePage icon={CircleCheck} title="Nothing wrong here" testId="no-problems">
          Files that cannot be read are listed here, with the reason.
        </MessagePage>
      )}
      {entries !== null && entries.length > 0 && (
        <ProblemList
          entries={entries}
          ids={ids}
          checked={checked}
          hasMore={hasMore}
          loadMore={loadMore}
        />
      )}
    </>
  );
}

function countWords(count: number, checked: number): string | null {
  if (checked > 0) return `${formatCount(checked)} of ${formatCount(count)} selected`;
  return count === 0 ? null : countOf(count, 'file');
}

function ProblemList({
  entries,
  ids,
  checked,
  hasMore,
  loadMore,
}: {
  entries: readonly ProblemEntry[];
  ids: readonly number[];
  checked: Checked;
  hasMore: boolean;
  loadMore: () => void;
}) {
  const select = useApp((state) => state.select);
  const { container, tabbable, onKeyDown, ...handlers } = useRovingRows(ids, (id, index) => {
    select(id, null);
    virtualizer.scrollToIndex(index);
  });
  const onListKeyDown = (event: KeyboardEvent) => {
    onKeyDown(event);
    if (event.key !== 'Escape' || event.defaultPrevented || checked.ids.length === 0) return;
    // The step back is to no selection first.
    event.preventDefault();
    checked.clear();
  };
  const active = tabbable === null ? -1 : ids.indexOf(tabbable);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => container.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 8,
    rangeExtractor: useCallback((range: Range) => withRow(range, active), [active]),
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  const nearsEnd = hasMore && last >= entries.length - 10;
  useEffect(() => {
    if (nearsEnd) loadMore();
  }, [nearsEnd, loadMore]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows; here they meet
    <div
      ref={container}
      className="min-h-0 flex-1 overflow-y-auto"
      onKeyDown={onListKeyDown}
      {...handlers}
    >
      <ul
        aria-label="Files that cannot be read"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map((row) => {
          const entry = entries[row.index];
          return (
            entry && (
              <li
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                className="absolute inset-x-0 top-0 border-b border-line"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <ProblemRow
                  entry={entry}
                  tabbable={entry.id === tabbable}
                  checked={checked.has(entry.id)}
                  onToggle={checked.toggle}
                  targetsOf={checked.targetsOf}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** The row that has the keyboard stays drawn wherever the list is scrolled to. */
function withRow(range: Range, index: number): number[] {
  const drawn = defaultRangeExtractor(range);
  if (index < 0 || index >= range.count || drawn.includes(index)) return drawn;
  return [...drawn, index].sort((a, b) => a - b);
}
