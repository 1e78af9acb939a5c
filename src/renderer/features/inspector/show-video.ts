import type { Root } from '../../../shared/library';
import type { AppStore } from '../../store';
import { ALL_VIDEOS, type Place } from '../browser/view-slice';

/**
 * Selects a video, and goes to its folder where the shown place cannot hold it. A search stays as it is: what it hides
 * is shown by the inspector alone.
 */
export function showVideo(store: AppStore, { id, path }: { id: number; path: string }): void {
  const { place, summary, openPlace } = store.getState();
  const root = rootOf(summary?.roots ?? [], path);
  if (!canHold(place, root)) {
    openPlace(root ? { type: 'videos', scope: { type: 'root', rootId: root.rootId } } : ALL_VIDEOS);
  }
  store.getState().select(id, null);
}

function canHold(place: Place, root: Root | undefined): boolean {
  if (place.type !== 'videos') return place.type === 'problems';
  return place.scope.type !== 'root' || place.scope.rootId === root?.rootId;
}

/** The folder that a path lies in. Roots never lie in one another. */
function rootOf(roots: readonly Root[], path: string): Root | undefined {
  return roots.find(({ path: folder }) => {
    const prefix = /[/\\]$/.test(folder)
      ? folder
      : `${folder}${folder.includes('\\') ? '\\' : '/'}`;
    return path.startsWith(prefix);
  });
}
