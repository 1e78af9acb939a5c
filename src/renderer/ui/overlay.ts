/** Whether an event belongs to an open menu or dialog, which has the keyboard to itself. */
export function isInOverlay(target: EventTarget | null): boolean {
  const overlays = '[role="alertdialog"],[role="dialog"],[role="menu"]';
  return target instanceof Element && target.closest(overlays) !== null;
}
