import { useCallback, useMemo, useRef, useState } from 'react';

export interface Checked {
  /** In the order of the list. */
  ids: readonly number[];
  has: (id: number) => boolean;
  /** `range`: together with everything between it and the one before. */
  toggle: (id: number, range: boolean) => void;
  clear: () => void;
  /** What an action on a row is for: all that are ticked if it is among them. Always asked as it is now. */
  targetsOf: (id: number) => readonly number[];
}

/** The rows that are ticked among those that are listed. */
export function useChecked(listed: readonly number[]): Checked {
  const [checked, setChecked] = useState<ReadonlySet<number>>(new Set());
  const ids = useMemo(() => listed.filter((id) => checked.has(id)), [listed, checked]);
  // Rows keep the same functions while others are ticked or listed, so that they need not be drawn again.
  const latest = useRef({ listed, ids });
  latest.current = { listed, ids };
  const anchor = useRef<number | null>(null);
  const toggle = useCallback((id: number, range: boolean) => {
    const from = range ? anchor.current : null;
    anchor.current = id;
    setChecked((before) => afterToggle(before, latest.current.listed, from, id));
  }, []);
  const clear = useCallback(() => setChecked(new Set()), []);
  const targetsOf = useCallback(
    (id: number) => (latest.current.ids.includes(id) ? latest.current.ids : [id]),
    [],
  );
  return { ids, has: (id) => checked.has(id), toggle, clear, targetsOf };
}

/** What is ticked after a click on a row; with an anchor everything up to it is ticked as well. */
export function afterToggle(
  before: ReadonlySet<number>,
  listed: readonly number[],
  anchor: number | null,
  id: number,
): ReadonlySet<number> {
  const after = new Set(before);
  const [from, to] = [anchor === null ? -1 : listed.indexOf(anchor), listed.indexOf(id)];
  if (from >= 0 && to >= 0) {
    for (const between of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      after.add(between);
    }
  } else if (!after.delete(id)) {
    after.add(id);
  }
  return after;
}
