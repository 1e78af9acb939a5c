import type { AppState } from '../../store';
import { ALL_VIDEOS } from '../browser/view-slice';

/** What Escape does now: always the one step that was taken last, from the outside in. Null: nothing to step back from. */
export function escapeStep(state: AppState): (() => void) | null {
  if (state.scrub !== null) return state.endScrub;
  if (state.trayExpanded) return () => state.setTrayExpanded(false);
  if (state.place.type === 'jobs' || state.place.type === 'settings') {
    return () => state.openPlace(ALL_VIDEOS);
  }
  if (state.narrow && state.inspectorOverlayOpen) return () => state.setInspectorShown(false);
  if (state.searchText !== '') return state.clearSearch;
  if (state.selectedId !== null) return state.clearSelection;
  return null;
}
