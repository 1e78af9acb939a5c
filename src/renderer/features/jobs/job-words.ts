import {
  isPreviewPhase,
  isPreviewResult,
  isReadingHeaders,
  isScanResult,
  type JobKind,
  type JobPriority,
  type JobState,
  type JobStatus,
  type PreviewResult,
  type ScanResult,
  type VerifyResult,
  type WaitReason,
} from '../../../shared/job';
import { describeError } from '../../errors';
import { formatDuration, formatTimeLeft } from '../../format/duration';
import { countOf, formatCount } from '../../format/number';
import { lastName } from '../../format/path';

/** Parts of one line, shown with a middle dot between them. */
export type Line = string[];

interface KindWords {
  /** Before the subject: `Scan of Holiday 2019`. */
  title: string;
  doing: string;
  toDo: string;
}

const KIND_WORDS: Readonly<Record<JobKind, KindWords>> = {
  scan: { title: 'Scan of', doing: 'Scanning', toDo: 'scan' },
  verify: { title: 'Verification of', doing: 'Verifying', toDo: 'verify' },
  preview: { title: 'Previews', doing: 'Making previews', toDo: 'make previews' },
  identify: {
    title: 'Identification of',
    doing: 'Identifying',
    toDo: 'identify',
  },
};

/** Says it of what a job works on, as people call it: the folder's name. Previews are of everything. */
function withSubject(words: string, { kind, target }: Pick<JobStatus, 'kind' | 'target'>): string {
  return kind === 'preview' ? words : `${words} ${lastName(target)}`;
}

/** `Scan of Holiday 2019`, `Verification of 3 videos`, `Previews`. */
export function jobTitle(job: Pick<JobStatus, 'kind' | 'target'>): string {
  return withSubject(KIND_WORDS[job.kind].title, job);
}

/** `Scan of Holiday 2019 is`, `Previews are`. */
export function jobIs(job: Pick<JobStatus, 'kind' | 'target'>): string {
  return `${jobTitle(job)} ${job.kind === 'preview' ? 'are' : 'is'}`;
}

/** What is happening, or what came of it: `Scanning Holiday 2019 · 4,210 of 12,870 · about 3 min left`. */
export function jobLine(job: JobStatus): Line {
  const title = jobTitle(job);
  switch (job.state) {
    case 'queued':
      return [`${jobIs(job)} next`];
    case 'waiting':
      return [`${jobIs(job)} waiting`, waitWords(job)];
    case 'paused':
      return [`${jobIs(job)} paused`, ...progressParts(job)];
    case 'running':
      return runningLine(job);
    case 'succeeded':
      return [`${title} finished`, ...resultParts(job)];
    case 'failed':
      return [
        `${title} failed`,
        job.error ? describeError(job.error).title : (job.reason ?? 'The reason is not known'),
      ];
    case 'cancelled':
      return [`${title} cancelled`, ...progressParts(job)];
  }
}

/** How it stands, under a title that says what it is: `4,210 of 12,870 · about 3 min left`. */
export function standingLine(job: JobStatus): Line {
  switch (job.state) {
    case 'queued':
      return [job.attempt > 0 ? 'goes on when its turn comes' : 'starts when its turn comes'];
    case 'running':
      return job.phase === '' ? ['starting'] : [...progressParts(job), ...timeLeft(job)];
    default: {
      const parts = jobLine(job).slice(1);
      return parts.length > 0 ? parts : ['nothing was done yet'];
    }
  }
}

function runningLine(job: JobStatus): Line {
  const { doing, toDo } = KIND_WORDS[job.kind];
  if (job.phase === '') return [withSubject(`Starting to ${toDo}`, job)];
  if (job.phase === 'finishing') {
    return [withSubject('Finishing', job), 'looking for missing and moved files'];
  }
  const words = isPreviewPhase(job.phase) ? `Making ${job.phase}` : withSubject(doing, job);
  return [words, ...progressParts(job), ...timeLeft(job)];
}

function progressParts(job: JobStatus): Line {
  const { kind, done, total, quick } = job;
  const amount = kind === 'verify' ? formatDuration : formatCount;
  if (isReadingHeaders(job)) return [`${browsable(job.quick)} ready to browse`];
  if (total !== null) return [`${amount(done)} of ${amount(total)}`];
  if (quick !== null && quick.discovered > 0) {
    return [`${formatCount(quick.discovered)} found`, `${formatCount(quick.done)} ready to browse`];
  }
  if (done === 0) return [];
  return [`${amount(done)} ${kind === 'verify' ? 'decoded' : 'read'}`];
}

type QuickLevel = NonNullable<JobStatus['quick']>;

/** Whether previews are not made just now because a scan reads. */
function givesWay({ phase, currentItem }: JobStatus): boolean {
  return isPreviewPhase(phase) && currentItem === null;
}

/** How many videos show what their headers tell: `9,100 of 12,870`. */
export function browsable({ done, discovered }: QuickLevel): string {
  return `${formatCount(done)} of ${formatCount(discovered)}`;
}

function timeLeft(job: JobStatus): Line {
  if (givesWay(job)) return ['a scan goes first'];
  const { etaSeconds } = isReadingHeaders(job) ? job.quick : job;
  return etaSeconds === null ? [] : [formatTimeLeft(etaSeconds)];
}

/** What a waiting job waits for, as a part of a line. */
function waitWords({ waitingFor, reason, error }: JobStatus): string {
  switch (waitingFor) {
    case 'volume':
      return 'its drive or share is not connected';
    case 'storage':
      return error?.code === 'LIBRARY_READ_ONLY'
        ? 'the library cannot be written to'
        : 'the disk of the library is full';
    case 'power':
      return 'the computer runs on its battery';
    case 'backoff':
    case null:
      return reason?.replace(/\.$/, '') ?? 'the reason is not known';
  }
}

const WAIT_ADVICE: Readonly<Record<WaitReason, string>> = {
  volume: 'Connect the drive or share. The job goes on by itself when it is there.',
  storage: 'Make room on that disk, or make it writable. The job goes on by itself.',
  power: 'Connect the computer to its charger, or allow previews on battery in the settings.',
  backoff: 'Nothing is lost. The job is tried again by itself, each time after a longer wait.',
};

/** What the person can do about a wait; null where it is not known. */
export function waitAdvice({ waitingFor }: JobStatus): string | null {
  return waitingFor === null ? null : WAIT_ADVICE[waitingFor];
}

/** What came of a finished job, in counts; what is zero is not said. */
function resultParts({ result }: JobStatus): Line {
  if (result === null) return [];
  if (isPreviewResult(result)) return previewParts(result);
  return isScanResult(result) ? scanParts(result) : verifyParts(result);
}

function scanParts(result: ScanResult): Line {
  const { discovered, missing, unconfirmedMissing } = result;
  if (discovered === 0 && missing === 0 && unconfirmedMissing === 0) {
    return ['no videos in this folder'];
  }
  const said = saidCounts([
    [result.added, 'added'],
    [result.changed, 'changed'],
    [result.moved, 'moved'],
    [missing, 'missing'],
    [unconfirmedMissing, 'not found, please check'],
    [result.unreadable, 'could not be read'],
    [result.unsettled, 'still being written'],
  ]);
  return said.length > 0 ? said : [`nothing new in ${countOf(discovered, 'video')}`];
}

function verifyParts({ verified, damaged, unreadable, skipped }: VerifyResult): Line {
  const rest = saidCounts([
    [unreadable, 'could not be decoded'],
    [skipped, skipped === 1 ? 'was not there' : 'were not there'],
  ]);
  if (verified === 0) return rest.length > 0 ? rest : ['nothing to verify'];
  if (verified === 1) return [damaged > 0 ? 'damaged' : 'intact', ...rest];
  if (damaged > 0) return [`${formatCount(damaged)} of ${formatCount(verified)} damaged`, ...rest];
  return [`all ${formatCount(verified)} intact`, ...rest];
}

function previewParts({ made, shared, failed, skipped }: PreviewResult): Line {
  const said = saidCounts([
    [made + shared, 'made'],
    [failed, 'could not be made'],
    [skipped, 'left for later'],
  ]);
  return said.length > 0 ? said : ['nothing to make'];
}

/** Whether a job ended well but found something that a person should look at. */
export function wantsAttention({ state, result }: Pick<JobStatus, 'state' | 'result'>): boolean {
  if (state !== 'succeeded' || result === null || isPreviewResult(result)) return false;
  return isScanResult(result)
    ? result.unconfirmedMissing > 0
    : result.damaged > 0 || result.unreadable > 0;
}

function saidCounts(counts: readonly (readonly [count: number, what: string])[]): Line {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`);
}

/** The state in a word, for lists. */
export function stateWord({ state }: Pick<JobStatus, 'state'>): string {
  return STATE_WORDS[state];
}

const STATE_WORDS: Readonly<Record<JobState, string>> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  paused: 'Paused',
  succeeded: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const PRIORITY_WORDS: Readonly<Record<JobPriority, string>> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
};
