import { useRef } from 'react';

/**
 * For a menu entry that opens a dialog: it does so when the menu is gone, so that the dialog knows where the keyboard
 * was before the menu had it.
 */
export function useAfterClose() {
  const chosen = useRef<(() => void) | null>(null);
  return {
    afterClose: (run: () => void) => {
      chosen.current = run;
    },
    onCloseAutoFocus: () => {
      chosen.current?.();
      chosen.current = null;
    },
  };
}
