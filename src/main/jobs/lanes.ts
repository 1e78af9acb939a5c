import type { Volume } from '../../shared/library';
import { type Lane, PREVIEW_LANE, VERIFICATION_LANE } from '../../shared/library-protocol';

/** Jobs side by side on a drive whose kind is not known. */
const JOBS_ON_UNKNOWN = 2;
const FEWEST_JOBS = 4;
const MOST_JOBS = 8;
/** A head that moves, or a line that is shared, gets slower with every reader. */
const PROBES_ON_SLOW = 2;

/** Jobs side by side on all drives together. More drives than cores can be busy: a job mostly waits for its drive. */
export function jobsAtATime(cores: number): number {
  return Math.min(MOST_JOBS, Math.max(FEWEST_JOBS, cores));
}

/** Jobs that keep others from starting: previews are not among them, since they wait for scans themselves. */
export function jobsThatCount(running: readonly Lane[]): number {
  return running.filter(({ key }) => key !== PREVIEW_LANE).length;
}

/** @param setting what the person set for every drive; null: what fits the drive */
export function jobsOnVolume(
  volume: Volume['kind'],
  setting: number | null,
  cores: number,
): number {
  if (setting !== null) return setting;
  switch (volume) {
    case 'rotational':
    case 'network':
      return 1;
    case 'solid-state':
      return Math.max(1, cores);
    case 'unknown':
      return JOBS_ON_UNKNOWN;
  }
}

/** Files that a job on such a drive reads at a time; null: as many as the machine can. */
export function probesOnVolume(volume: Volume['kind']): number | null {
  return volume === 'rotational' || volume === 'network' ? PROBES_ON_SLOW : null;
}

/** Lanes in which no further job may start. */
export function fullLanes(
  running: readonly Lane[],
  setting: number | null,
  cores: number,
): string[] {
  const jobs = new Map<string, number>();
  for (const { key } of running) jobs.set(key, (jobs.get(key) ?? 0) + 1);
  const isFull = ({ key, volume }: Lane) =>
    key === VERIFICATION_LANE ||
    key === PREVIEW_LANE ||
    (jobs.get(key) ?? 0) >= jobsOnVolume(volume, setting, cores);
  return [...new Set(running.filter(isFull).map(({ key }) => key))];
}
