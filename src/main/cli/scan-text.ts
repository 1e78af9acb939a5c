import { basename } from 'node:path';
import { isScanResult, type JobStatus } from '../../shared/job';

const number = new Intl.NumberFormat();
const BAR_WIDTH = 24;
const GOES_ON = 'The next scan goes on with it.';

/** One line for a terminal: `[#####-----] Holiday · 4,210 of 12,870 · 118 files/s · about 3 min left · clip.mp4`. */
export function progressText(status: JobStatus): string {
  const { progress, done, total, ratePerSecond, etaSeconds, currentItem, state, reason } = status;
  const folder = basename(status.target);
  if (state !== 'running') return `${folder} · ${reason ?? state}`;
  const filled = Math.round((progress ?? 0) * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  const counts =
    total === null
      ? `Looking for videos · ${number.format(done)} read`
      : `${number.format(done)} of ${number.format(total)}`;
  const parts = [folder, counts];
  if (ratePerSecond !== null) parts.push(`${number.format(Math.round(ratePerSecond))} files/s`);
  if (etaSeconds !== null) parts.push(`about ${remainingText(etaSeconds)} left`);
  if (currentItem !== null) parts.push(currentItem);
  return `${bar} ${parts.join(' · ')}`;
}

function remainingText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

export function finishedText(status: JobStatus): string {
  const { state, reason, result, error, target } = status;
  if (state === 'waiting') return `${target}: ${reason ?? state} ${GOES_ON}`;
  if (!result || !isScanResult(result))
    return `${target}: ${state}${error ? ` (${error.message})` : ''}`;
  const counts = (['added', 'changed', 'unchanged', 'moved', 'missing', 'unreadable'] as const)
    .filter((key) => result[key] > 0)
    .map((key) => `${number.format(result[key])} ${key}`);
  const seconds = (result.elapsedMs / 1000).toFixed(1);
  const found = `${number.format(result.discovered)} ${result.discovered === 1 ? 'video' : 'videos'}`;
  return `${target}: ${[found, ...counts].join(' · ')} in ${seconds} s`;
}
