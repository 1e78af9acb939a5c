import { Clapperboard, Clock, type LucideIcon, TriangleAlert, Unlink } from 'lucide-react';
import type { LibrarySummary } from '../../../shared/library';
import type { Place } from '../browser/view-slice';

/** A part of the whole library that has a place in the sidebar. */
interface LibraryEntry {
  label: string;
  icon: LucideIcon;
  place: Place;
  count: (summary: LibrarySummary) => number;
  /** Shown only when there is something, and then it asks for attention. */
  isWarning?: boolean;
}

export const LIBRARY_ENTRIES: readonly LibraryEntry[] = [
  {
    label: 'All videos',
    icon: Clapperboard,
    place: { type: 'videos', scope: { type: 'all' } },
    count: ({ counts }) => counts.all,
  },
  {
    label: 'Recently added',
    icon: Clock,
    place: { type: 'videos', scope: { type: 'recent' } },
    count: ({ counts }) => counts.recent,
  },
  {
    label: 'Problems',
    icon: TriangleAlert,
    place: { type: 'problems' },
    count: ({ counts }) => counts.problems,
    isWarning: true,
  },
  {
    label: 'Missing',
    icon: Unlink,
    place: { type: 'videos', scope: { type: 'missing' } },
    count: ({ counts }) => counts.missing,
    isWarning: true,
  },
];
