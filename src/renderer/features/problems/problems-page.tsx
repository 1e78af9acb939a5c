import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { countOf } from '../../format/number';
import { useApp } from '../../services';
import { MessagePage } from '../../ui/message-page';
import { PaneHeader } from '../shell/pane-header';
import { ProblemRow } from './problem-row';
import { type ProblemEntry, useProblems } from './use-problems';

/** Estimated height of a closed row in pixels; real heights are measured. */
const ROW_HEIGHT = 88;

/** The files that could not be read, and why. */
export function ProblemsPage() {
  const { entries, hasMore, loadMore } = useProblems();
  const count = useApp((state) => state.summary?.counts.problems ?? 0);
  return (
    <>
      <PaneHeader title="Problems" count={count === 0 ? null : countOf(count, 'file')} />
      {entries?.length === 0 && (
        <MessagePage icon={CircleCheck} title="Nothing wrong here" testId="no-problems">
          Files that cannot be read are listed here, with the reason.
        </MessagePage>
      )}
      {entries !== null && entries.length > 0 && (
        <ProblemList entries={entries} hasMore={hasMore} loadMore={loadMore} />
      )}
    </>
  );
}

function ProblemList({
  entries,
  hasMore,
  loadMore,
}: {
  entries: readonly ProblemEntry[];
  hasMore: boolean;
  loadMore: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  const nearsEnd = hasMore && last >= entries.length - 10;
  useEffect(() => {
    if (nearsEnd) loadMore();
  }, [nearsEnd, loadMore]);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
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
                <ProblemRow entry={entry} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
