import { type RefObject, useEffect } from 'react';

/** The element that has the keyboard in grid and table. */
export const VIDEO_LIST_ID = 'video-list';

/** Ring of the list itself while no video in it is the active one. */
export const LIST_FOCUS_RING =
  'focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent';

export function focusVideoList(): void {
  document.getElementById(VIDEO_LIST_ID)?.focus();
}

/** A list that appears takes the keyboard if nothing else has it: after a change of view, arrow keys go on working. */
export function useFocusWhenFree(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.focus({ preventScroll: true });
  }, [list]);
}
