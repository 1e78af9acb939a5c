import type { Services } from '../../services';
import type { Place } from '../browser/view-slice';

/**
 * Opens a place by a command: the keyboard comes along. A page that appears takes it when nothing else has it, and
 * between two places with videos it stays where it is.
 */
export function goTo({ store }: Pick<Services, 'store'>, place: Place): void {
  const { place: before, openPlace } = store.getState();
  openPlace(place);
  if (before.type !== place.type) releaseKeyboard();
}

function releaseKeyboard(): void {
  // Unit tests run without a document.
  if (typeof document === 'undefined') return;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
