import { isScanResult, type JobStatus } from '../../../shared/job';
import { describeError } from '../../errors';
import { formatTimeLeft } from '../../format/duration';
import { countOf, formatCount, formatDecimal } from '../../format/number';
import { lastName } from '../../format/path';

/** Parts of one line, shown with a middle dot between them. */
export type Line = string[];

/** The folder that a job works on, as people call it. */
export function jobSubject(job: JobStatus): string {
  return lastName(job.target);
}

/** What is happening, or what came of it: `Scanning Holiday 2019 · 4,210 of 12,870 · about 3 min left`. */
export function jobLine(job: JobStatus): Line {
  const subject = jobSubject(job);
  switch (job.state) {
    case 'queued':
      return [`Scan of ${subject} is next`];
    case 'waiting':
      return [`Scan of ${subject} is waiting`, ...(job.reason ? [job.reason] : [])];
    case 'paused':
      return [`Scan of ${subject} is paused`, ...progressParts(job)];
    case 'running':
      return runningLine(job, subject);
    case 'succeeded':
      return ['Scan finished', ...resultParts(job)];
    case 'failed':
      return [
        `Scan of ${subject} failed`,
        job.error ? describeError(job.error).title : (job.reason ?? 'The reason is not known'),
      ];
    case 'cancelled':
      return [`Scan of ${subject} cancelled`, ...progressParts(job)];
  }
}

function runningLine(job: JobStatus, subject: string): Line {
  switch (job.phase) {
    case '':
      return [`Starting to scan ${subject}`];
    case 'finishing':
      return [`Finishing ${subject}`, 'looking for missing and moved files'];
    case 'listing':
    case 'probing':
    case 'decoding':
      return [`Scanning ${subject}`, ...progressParts(job), ...timeLeft(job)];
  }
}

function progressParts({ phase, done, total }: JobStatus): Line {
  if (total !== null) return [`${formatCount(done)} of ${formatCount(total)}`];
  if (done === 0) return [];
  return [phase === 'listing' ? `${formatCount(done)} found` : `${formatCount(done)} read`];
}

function timeLeft({ etaSeconds }: JobStatus): Line {
  return etaSeconds === null ? [] : [formatTimeLeft(etaSeconds)];
}

/** What a scan found, in counts; what is zero is not said. */
export function resultParts({ result }: JobStatus): Line {
  if (result === null || !isScanResult(result)) return [];
  if (result.discovered === 0 && result.missing === 0) return ['no videos in this folder'];
  const parts = [
    [result.added, 'added'],
    [result.changed, 'changed'],
    [result.moved, 'moved'],
    [result.missing, 'missing'],
    [result.unreadable, 'could not be read'],
    [result.unsettled, 'still being written'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  if (said.length === 0) return [`nothing new in ${countOf(result.discovered, 'video')}`];
  return said.map(([count, what]) => `${formatCount(count)} ${what}`);
}

/** How fast, in files: `84 files/s`; null while it is not known. */
export function rateWords({ ratePerSecond }: JobStatus): string | null {
  if (ratePerSecond === null || ratePerSecond <= 0) return null;
  return `${formatDecimal(ratePerSecond, ratePerSecond < 9.95 ? 1 : 0)} files/s`;
}

/** The state in a word, for lists. */
export function stateWord(job: JobStatus): string {
  return STATE_WORDS[job.state];
}

const STATE_WORDS: Readonly<Record<JobStatus['state'], string>> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  paused: 'Paused',
  succeeded: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** What a running scan is doing, in a word or two. */
export function phaseWords({ phase, total }: JobStatus): string | null {
  switch (phase) {
    case '':
      return null;
    case 'listing':
      return 'Looking for videos';
    case 'probing':
      return total === null ? 'Looking for videos and reading them' : 'Reading videos';
    case 'finishing':
      return 'Finishing';
    case 'decoding':
      return 'Decoding';
  }
}
