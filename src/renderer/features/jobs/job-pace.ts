import { isPreviewPhase, isReadingHeaders, type JobStatus } from '../../../shared/job';
import { formatDecimal } from '../../format/number';
import { lastName } from '../../format/path';
import type { Line } from './job-words';

/** How fast: `84 files/s`, or `11.6 × playing speed` for a verification; null while it is not known. */
export function rateWords(job: JobStatus): string | null {
  const { kind, phase } = job;
  const { ratePerSecond } = isReadingHeaders(job) ? job.quick : job;
  if (ratePerSecond === null || ratePerSecond <= 0) return null;
  const rate = formatDecimal(ratePerSecond, ratePerSecond < 9.95 ? 1 : 0);
  if (kind === 'verify') return `${rate} × playing speed`;
  return `${rate} ${isPreviewPhase(phase) ? phase : 'files'}/s`;
}

/** What a running job is doing, in a word or two: a scan its phase, a verification its file. */
export function phaseWords(job: JobStatus): string | null {
  const { phase, currentItem } = job;
  switch (phase) {
    case '':
      return null;
    case 'listing':
      return 'Looking for videos';
    case 'probing':
      return isReadingHeaders(job) ? 'Reading headers' : 'Reading every detail';
    case 'finishing':
      return 'Finishing';
    case 'decoding':
    case 'posters':
    case 'filmstrips':
      // One file takes long enough for its name to be read.
      return currentItem === null ? null : lastName(currentItem);
  }
}

/** Beside the tray's bar: how fast it is or what it does, and the file that it is at. */
export function paceLine(job: JobStatus): Line {
  const { phase, currentItem } = job;
  // Their phase in words is the file's name.
  const isNamedByFile = phase === 'decoding' || isPreviewPhase(phase);
  const pace = rateWords(job) ?? (isNamedByFile ? null : phaseWords(job));
  return [pace, currentItem].filter((part) => part !== null);
}
