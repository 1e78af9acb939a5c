import { useRef } from 'react';

/**
 * For a dialog without a button that opens it: the keyboard goes back to where it was, which the dialog would do only
 * with such a button.
 *
 * @param onClosed runs once the keyboard is back
 */
export function useReturnedFocus(onClosed?: () => void) {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const { current } = before;
      if (current instanceof HTMLElement && current.isConnected) {
        current.focus({ preventScroll: true });
      }
      onClosed?.();
    },
  };
}
