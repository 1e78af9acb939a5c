import { basename } from 'node:path';
import { isPreviewResult, isReadingHeaders, isScanResult, type JobStatus } from '../../shared/job';
import { decodedText, verifiedText } from './verify-text';

const number = new Intl.NumberFormat();
const BAR_WIDTH = 24;
const GOES_ON = 'It goes on with the next scan or verification.';

/** One line for a terminal: `[#####-----] Holiday · 4,210 of 12,870 · 118 files/s · about 3 min left · clip.mp4`. */
export function progressText(status: JobStatus): string {
  const { kind, progress, currentItem, state, reason } = status;
  const folder = basename(status.target);
  if (state !== 'running') return `${folder} · ${reason ?? state}`;
  const filled = Math.round((progress ?? 0) * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  const counts = kind === 'verify' ? decodedText(status) : scannedText(status);
  const { ratePerSecond, etaSeconds } = isReadingHeaders(status) ? status.quick : status;
  const parts = [folder, counts];
  const unit = kind === 'verify' ? '× playing speed' : 'files/s';
  if (ratePerSecond !== null) parts.push(`${number.format(Math.round(ratePerSecond))} ${unit}`);
  if (etaSeconds !== null) parts.push(`about ${remainingText(etaSeconds)} left`);
  if (currentItem !== null) parts.push(currentItem);
  return `${bar} ${parts.join(' · ')}`;
}

function scannedText(status: JobStatus): string {
  const { done, total, quick } = status;
  const ready = quick && `${number.format(quick.done)} of ${number.format(quick.discovered)}`;
  if (total === null)
    return ready ? `Looking for videos · headers: ${ready}` : 'Looking for videos';
  if (isReadingHeaders(status)) return `headers: ${ready}`;
  return `${number.format(done)} of ${number.format(total)}`;
}

function remainingText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

export function finishedText(status: JobStatus): string {
  const { state, reason, result, error, target } = status;
  if (state === 'waiting') return `${target}: ${reason ?? state} ${GOES_ON}`;
  if (!result) return `${target}: ${state}${error ? ` (${error.message})` : ''}`;
  if (isPreviewResult(result)) return `previews: ${number.format(result.made)} made`;
  if (!isScanResult(result)) return verifiedText(target, result);
  const counts = (['added', 'changed', 'unchanged', 'moved', 'missing', 'unreadable'] as const)
    .filter((key) => result[key] > 0)
    .map((key) => `${number.format(result[key])} ${key}`);
  const asked =
    result.unconfirmedMissing > 0
      ? [`${number.format(result.unconfirmedMissing)} not found, kept until --accept-missing`]
      : [];
  if (result.unsettled > 0) counts.push(`${number.format(result.unsettled)} still being written`);
  const seconds = (result.elapsedMs / 1000).toFixed(1);
  const found = `${number.format(result.discovered)} ${result.discovered === 1 ? 'video' : 'videos'}`;
  return `${target}: ${[found, ...counts, ...asked].join(' · ')} in ${seconds} s`;
}
