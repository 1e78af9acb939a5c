import { isPreviewResult, isScanResult, type JobStatus } from '../../../shared/job';
import { formatDateTime } from '../../format/date';
import { formatSpan } from '../../format/duration';
import { formatCount } from '../../format/number';
import { type Fact, knownFacts } from '../../ui/fact-list';
import { browsable, PRIORITY_WORDS } from './job-words';

/** Everything that is known of a job, in words. */
export function jobFacts(job: JobStatus): Fact[] {
  const { startedAt, finishedAt, attempt } = job;
  return knownFacts([
    [job.kind === 'scan' ? 'Folder' : 'What', job.kind === 'preview' ? null : job.target],
    ['Queued', formatDateTime(job.createdAt)],
    ['Started', startedAt === null ? null : formatDateTime(startedAt)],
    ['Ended', finishedAt === null ? null : formatDateTime(finishedAt)],
    ['Took', tookWords(job)],
    ['Tries', attempt > 1 && job.kind !== 'preview' ? formatCount(attempt) : null],
    ['Priority', job.priority === 'normal' ? null : PRIORITY_WORDS[job.priority]],
    ...levelFacts(job),
    ['Now at', job.currentItem],
    ...resultCounts(job),
  ]);
}

/** The two levels of a scan that has not ended, each with its own count. */
function levelFacts({ quick, done, total, result }: JobStatus): [label: string, value: string][] {
  if (quick === null || result !== null) return [];
  return [
    ['Ready to browse', browsable(quick)],
    ['Every detail read', `${formatCount(done)} of ${formatCount(total ?? quick.discovered)}`],
  ];
}

/** How long a job that is over took; null while it is not. */
export function tookWords({
  startedAt,
  finishedAt,
}: Pick<JobStatus, 'startedAt' | 'finishedAt'>): string | null {
  if (startedAt === null || finishedAt === null) return null;
  return formatSpan(Math.max(0, finishedAt - startedAt) / 1000);
}

function resultCounts({
  kind,
  result,
  problems,
}: JobStatus): [label: string, value: string | null][] {
  if (result === null)
    return kind === 'scan' || kind === 'verify' ? [['Unreadable', countWords(problems)]] : [];
  if (isPreviewResult(result)) {
    return [
      ['Made', formatCount(result.made)],
      ['Shared with copies', countWords(result.shared)],
      ['Could not be made', countWords(result.failed)],
      ['Left for later', countWords(result.skipped)],
    ];
  }
  if (!isScanResult(result)) {
    return [
      ['Decoded', formatCount(result.verified)],
      ['Damaged', formatCount(result.damaged)],
      ['Not decodable', countWords(result.unreadable)],
      ['Not there', countWords(result.skipped)],
    ];
  }
  return [
    ['Videos', formatCount(result.discovered)],
    ['Added', countWords(result.added)],
    ['Changed', countWords(result.changed)],
    ['Moved', countWords(result.moved)],
    ['Unchanged', countWords(result.unchanged)],
    ['Missing', countWords(result.missing)],
    ['Not found', countWords(result.unconfirmedMissing)],
    ['Unreadable', countWords(result.unreadable)],
  ];
}

function countWords(count: number): string | null {
  return count > 0 ? formatCount(count) : null;
}
