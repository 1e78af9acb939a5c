import { useCallback, useMemo, useRef, useState } from 'react';

export interface Checked {
  /** In the order of the list. */
  ids: readonly number[];
  has: (id: number) => boolean;
  /** `range`: together with everything between it and the one before. */
  toggle: (id: number, range: boolean) => void;
  clear: () => void;
}

/** The rows that are ticked among those that are listed. */
export function useChecked(listed: readonly number[]): Checked {
  const [checked, setChecked] = useState<ReadonlySet<number>>(new Set());
  const latest = useRef(listed);
  latest.current = listed;
  const anchor = useRef<number | null>(null);
  const ids = useMemo(() => listed.filter((id) => checked.has(id)), [listed, checked]);
  const toggle = useCallback((id: number, range: boolean) => {
    const from = range ? anchor.current : null;
    anchor.current = id;
    setChecked((before) => afterToggle(before, latest.current, from, id));
  }, []);
  const clear = useCallback(() => setChecked(new Set()), []);
  return { ids, has: (id) => checked.has(id), toggle, clear };
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
