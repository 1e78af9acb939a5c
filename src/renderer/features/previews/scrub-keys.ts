import type { Services } from '../../services';
import { isInOverlay } from '../../ui/overlay';
import { stepScrub } from './step-scrub';

/** Keys without a modifier that step through the selected video's filmstrip. */
export const SCRUB_KEYS = { forward: '.', back: ',' } as const;

/**
 * Listens for the keys that step through the filmstrip, wherever in the window the keyboard is.
 * @returns stops listening
 */
export function connectScrubKeys(services: Services): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step === null || event.defaultPrevented || isElsewhere(event.target)) return;
    if (services.store.getState().selectedId === null) return;
    event.preventDefault();
    void stepScrub(services, step);
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Shift is left out of it: some layouts need it for these signs. */
export function stepOf({ key, ctrlKey, metaKey, altKey }: Keys): 1 | -1 | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === SCRUB_KEYS.forward) return 1;
  return key === SCRUB_KEYS.back ? -1 : null;
}

/** The signs are text there, or an open menu or dialog has the keyboard to itself. */
function isElsewhere(target: EventTarget | null): boolean {
  if (isInOverlay(target)) return true;
  return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
}
