import type { EditHistory } from '../../shared/edit';
import type { CommonUserData } from '../../shared/user-data';

/** Of a library in which nothing was edited. */
export const NO_HISTORY: EditHistory = { undo: null, redo: null, writing: null };

/** What videos have in common of which nothing was said. */
export function nothingSaid(videos: number): CommonUserData {
  return {
    videos,
    rating: { kind: 'common', value: null },
    label: { kind: 'common', value: null },
    favourite: { kind: 'common', value: false },
    note: { kind: 'common', value: null },
    tags: [],
    collections: [],
  };
}
