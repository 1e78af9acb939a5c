import type { StateCreator } from 'zustand';
import type { SortKey, VideoQuery, VideoScope } from '../../../shared/video-query';
import type { ScrubSlice } from '../previews/scrub-slice';
import type { SelectionSlice } from './selection-slice';

/** What the main area shows. */
export type Place =
  | { type: 'videos'; scope: VideoScope }
  | { type: 'problems' }
  | { type: 'jobs' }
  | { type: 'settings' };

export const ALL_VIDEOS: Place = { type: 'videos', scope: { type: 'all' } };

export type ViewMode = 'grid' | 'table';

/** Least width of a tile in CSS pixels; tiles grow to fill the row. */
export const TILE_SIZE = { min: 140, standard: 216, max: 420 } as const;

/** Orders that begin with the most interesting end: newest, longest, largest. */
const DESCENDING_FIRST: readonly SortKey[] = [
  'added',
  'modified',
  'duration',
  'size',
  'resolution',
  'frameRate',
  'bitRate',
];

export interface ViewSlice {
  place: Place;
  /** What stands in the search field; the query follows it with a short delay. */
  searchText: string;
  /** The words that the shown videos are searched for. */
  search: string;
  /** The query of the sidebar's entry that was opened, as long as nothing else is searched for. */
  openQuery: string | null;
  sort: SortKey;
  descending: boolean;
  mode: ViewMode;
  tileSize: number;
  /** Whether the search field is to take the keyboard as soon as it is there. */
  searchFocusWanted: boolean;
  /** Another place begins without words to search for and without a selection. */
  openPlace: (place: Place) => void;
  /** Shows what a query finds in the whole library. */
  showQuery: (query: string) => void;
  setSearchText: (searchText: string) => void;
  applySearch: () => void;
  clearSearch: () => void;
  /** Puts the keyboard into the search field, going back to the videos for it. */
  focusSearch: () => void;
  searchFocusTaken: () => void;
  /** Sorts by a key; the same key again turns the direction. */
  sortBy: (sort: SortKey) => void;
  setDescending: (descending: boolean) => void;
  setMode: (mode: ViewMode) => void;
  setTileSize: (tileSize: number) => void;
}

const EMPTY_PLACE = {
  ...{ searchText: '', search: '', openQuery: null, searchFocusWanted: false },
  ...{ selectedId: null, activeIndex: null, scrub: null },
};

export const createViewSlice: StateCreator<
  ViewSlice & SelectionSlice & ScrubSlice,
  [],
  [],
  ViewSlice
> = (set) => ({
  place: ALL_VIDEOS,
  searchText: '',
  search: '',
  openQuery: null,
  sort: 'name',
  descending: false,
  mode: 'grid',
  tileSize: TILE_SIZE.standard,
  searchFocusWanted: false,
  openPlace: (place) => set({ ...EMPTY_PLACE, place }),
  showQuery: (query) =>
    set({ ...EMPTY_PLACE, place: ALL_VIDEOS, searchText: query, search: query, openQuery: query }),
  setSearchText: (searchText) => set({ searchText, openQuery: null }),
  applySearch: () => set((state) => ({ search: state.searchText.trim() })),
  clearSearch: () => set({ searchText: '', search: '', openQuery: null }),
  focusSearch: () =>
    set((state) => ({
      place: state.place.type === 'videos' ? state.place : ALL_VIDEOS,
      searchFocusWanted: true,
    })),
  searchFocusTaken: () => set({ searchFocusWanted: false }),
  sortBy: (sort) =>
    set((state) => ({
      sort,
      descending: state.sort === sort ? !state.descending : DESCENDING_FIRST.includes(sort),
    })),
  setDescending: (descending) => set({ descending }),
  setMode: (mode) => set({ mode }),
  setTileSize: (tileSize) =>
    set({ tileSize: Math.min(TILE_SIZE.max, Math.max(TILE_SIZE.min, Math.round(tileSize))) }),
});

/** The query behind the shown videos; null where the main area shows something else. */
export function queryOf(
  state: Pick<ViewSlice, 'place' | 'search' | 'sort' | 'descending'>,
): VideoQuery | null {
  if (state.place.type !== 'videos') return null;
  return {
    scope: state.place.scope,
    search: state.search,
    sort: state.sort,
    descending: state.descending,
  };
}
