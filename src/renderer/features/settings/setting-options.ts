import type { PreviewShare } from '../../../shared/preview';
import { formatSpan } from '../../format/duration';
import { countOf } from '../../format/number';
import { formatSize } from '../../format/size';

export interface Option {
  value: string;
  label: string;
}

/** Minutes between two rescans that the page offers. */
const RESCAN_MINUTES = [5, 15, 30, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60];

/** What can be chosen, with what is set now even if it was set elsewhere. */
export function rescanOptions(current: number): Option[] {
  const all = new Set([...RESCAN_MINUTES, current]);
  return [...all]
    .sort((a, b) => a - b)
    .map((minutes) => ({ value: String(minutes), label: `Every ${formatSpan(minutes * 60)}` }));
}

export const SHARE_OPTIONS: readonly (Option & { value: PreviewShare })[] = [
  { value: 'low', label: 'A little' },
  { value: 'medium', label: 'About half' },
  { value: 'high', label: 'All of it' },
];

const GIGABYTE = 1_000_000_000;
/** Sizes of the preview cache that the page offers. */
const CACHE_SIZES = [1, 2, 5, 10, 20, 50, 100, 200].map((size) => size * GIGABYTE);

/** What can be chosen, with what is set now even if it was set elsewhere. */
export function cacheOptions(current: number): Option[] {
  const all = new Set([...CACHE_SIZES, current]);
  return (
    [...all]
      .sort((a, b) => a - b)
      // Round sizes are meant, whatever the system's habit makes of them.
      .map((bytes) => ({ value: String(bytes), label: formatSize(bytes, 'decimal') }))
  );
}

/** Most jobs at a time on one drive; the schema's limit. */
const MAX_JOBS_PER_VOLUME = 16;

/** The option that stands for null. */
export const AUTOMATIC = 'automatic';

export function jobsOptions(): Option[] {
  const counts = Array.from({ length: MAX_JOBS_PER_VOLUME }, (_, index) => index + 1);
  return [
    { value: AUTOMATIC, label: 'Automatic' },
    ...counts.map((count) => ({ value: String(count), label: countOf(count, 'job') })),
  ];
}
