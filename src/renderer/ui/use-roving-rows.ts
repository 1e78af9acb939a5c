import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { indexAfterKey } from './navigation';

/** Rows that Page Up and Page Down move by. */
const PAGE_ROWS = 8;

type RowKey = string | number;

interface RovingRows<Key extends RowKey> {
  /** For the element that holds the rows. */
  container: RefObject<HTMLDivElement | null>;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
  /** The row that Tab leads to; null where there is none. */
  tabbable: Key | null;
}

/**
 * Keyboard for a list whose rows have controls of their own: arrows, Home and End move between the rows, Tab goes
 * through one row's controls and on. A row is an element with `data-row-key`, and what has the keyboard in it carries
 * `data-row-target`. When a row goes while it has the keyboard, the one in its place takes it.
 *
 * @param keys the rows from top to bottom
 * @param onMove the keyboard goes to a row: what is not drawn yet must be drawn for it
 */
export function useRovingRows<Key extends RowKey>(
  keys: readonly Key[],
  onMove?: (key: Key, index: number) => void,
): RovingRows<Key> {
  const container = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<{ key: Key; index: number } | null>(null);
  const keepsKeyboard = useRef(true);
  const isWanted = useRef(false);
  const tabbable = currentRow(keys, active);

  const focusRow = useCallback((key: Key | null) => {
    if (key === null) return;
    const row = container.current?.querySelector(`[data-row-key="${CSS.escape(String(key))}"]`);
    const target = row?.querySelector<HTMLElement>('[data-row-target]');
    if (!target) return;
    isWanted.current = false;
    target.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, []);

  // After each render: rows that appear take the keyboard if nothing else has it, and so does the row in the place of
  // one that had it and was moved to another list or is gone.
  useLayoutEffect(() => {
    if (tabbable === null) return;
    const isFree = document.activeElement === document.body;
    if (isWanted.current || (isFree && keepsKeyboard.current)) focusRow(tabbable);
    keepsKeyboard.current = container.current?.contains(document.activeElement) ?? false;
  });

  return {
    container,
    tabbable,
    onKeyDown: (event) => {
      // Menus and dialogs of a row are its children for React, but not for the person.
      const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
      const isOther = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (event.defaultPrevented || !isInside || isOther || isText(event.target)) return;
      const layout = { total: keys.length, columns: 1, pageRows: PAGE_ROWS };
      const from = tabbable === null ? null : keys.indexOf(tabbable);
      const index = indexAfterKey(event.key, from, layout);
      const key = index === null ? undefined : keys[index];
      if (index === null || key === undefined) return;
      event.preventDefault();
      setActive({ key, index });
      isWanted.current = true;
      onMove?.(key, index);
      focusRow(key);
    },
    onFocus: (event) => {
      if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
      keepsKeyboard.current = true;
      const row = event.target.closest('[data-row-key]')?.getAttribute('data-row-key');
      const index = keys.findIndex((key) => String(key) === row);
      const key = keys[index];
      if (key !== undefined) setActive({ key, index });
    },
    onBlur: (event) => {
      // An element that was removed is still the one that the keyboard was on.
      if (event.relatedTarget !== null || event.target.isConnected) keepsKeyboard.current = false;
    },
  };
}

function currentRow<Key extends RowKey>(
  keys: readonly Key[],
  active: { key: Key; index: number } | null,
): Key | null {
  if (active === null) return keys[0] ?? null;
  if (keys.includes(active.key)) return active.key;
  return keys[Math.min(active.index, keys.length - 1)] ?? null;
}

/** Arrow keys move the caret there. */
function isText(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, pre') !== null;
}
