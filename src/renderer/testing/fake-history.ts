import type { JobStatus } from '../../shared/job';
import { newJob } from './fake-jobs';
import { FAKE_NOW_MS } from './fake-video';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

const HOLIDAY = '/media/anna/Holiday 2019';
const ARCHIVE = '/home/anna/Videos/Family archive 1998–2012';
const NAS = '/mnt/offline/Studio NAS';
const ROOT_IDS: Readonly<Record<string, number>> = { [HOLIDAY]: 1, [ARCHIVE]: 2, [NAS]: 3 };

const SCAN_RESULT = {
  discovered: 12_870,
  added: 12,
  changed: 3,
  unchanged: 12_855,
  moved: 0,
  missing: 1,
  unconfirmedMissing: 0,
  unreadable: 2,
  unsettled: 0,
  elapsedMs: 95_000,
};

/** A job of every ending, the newest first. */
export function fakeHistory(): JobStatus[] {
  return [
    past(1, HOLIDAY, { result: SCAN_RESULT, done: 12_870, total: 12_870 }),
    past(2, ARCHIVE, {
      kind: 'verify',
      phase: 'decoding',
      result: { verified: 40, damaged: 2, unreadable: 0, skipped: 1, elapsedMs: 3_000_000 },
      done: 75_600,
      total: 75_600,
      finishedAt: FAKE_NOW_MS - 2 * HOUR_MS + 50 * MINUTE_MS,
    }),
    past(4, HOLIDAY, {
      result: { ...SCAN_RESULT, added: 0, missing: 0, unconfirmedMissing: 1234 },
    }),
    past(5, NAS, {
      state: 'failed',
      phase: 'listing',
      attempt: 3,
      reason: 'WORKER_CRASHED',
      error: {
        code: 'WORKER_CRASHED',
        message: 'The media process ended with signal SIGSEGV.',
        details: { signal: 'SIGSEGV', file: `${NAS}/Interviews/Camera B/A001_C0042.mov` },
      },
    }),
    past(26, HOLIDAY, { state: 'cancelled', done: 4210, total: 12_870 }),
    past(60, ARCHIVE, {
      result: { ...SCAN_RESULT, added: 0, changed: 0, missing: 0, unreadable: 0 },
    }),
  ];
}

function past(hoursAgo: number, target: string, change: Partial<JobStatus>): JobStatus {
  const at = FAKE_NOW_MS - hoursAgo * HOUR_MS;
  return {
    ...newJob(`past-${hoursAgo}`, target, ROOT_IDS[target] ?? null),
    state: 'succeeded',
    attempt: 1,
    phase: 'finishing',
    createdAt: at,
    startedAt: at,
    finishedAt: at + 95_000,
    ...change,
  };
}

/** A live job of every state and of every reason to wait. */
export function fakeLiveJobs(): JobStatus[] {
  const now = Date.now();
  const live = (minutesAgo: number, target: string, change: Partial<JobStatus>): JobStatus => ({
    ...newJob(`live-${minutesAgo}`, target, ROOT_IDS[target] ?? null),
    attempt: 1,
    createdAt: now - minutesAgo * MINUTE_MS,
    startedAt: now - minutesAgo * MINUTE_MS,
    ...change,
  });
  return [
    live(1, `${HOLIDAY}/Rome`, { attempt: 0, startedAt: null, priority: 'high' }),
    live(2, `${ARCHIVE}/1999`, {
      state: 'waiting',
      waitingFor: 'backoff',
      reason: 'A part of Vitrine stopped while it ran.',
      error: { code: 'WORKER_CRASHED', message: 'The media process ended with SIGSEGV.' },
      notBefore: now + 42_000,
      attempt: 3,
    }),
    live(3, NAS, {
      state: 'waiting',
      waitingFor: 'volume',
      reason: 'Its folder cannot be reached. It goes on when the drive or share is back.',
      error: { code: 'ROOT_OFFLINE', message: `${NAS} is not there.` },
    }),
    live(4, `${ARCHIVE}/2004`, {
      state: 'waiting',
      waitingFor: 'storage',
      reason: 'The disk that holds the library is full. It goes on when there is room.',
      error: { code: 'DISK_FULL', message: 'SQLITE_FULL: database or disk is full' },
      notBefore: now + 150_000,
    }),
    live(5, `${ARCHIVE}/1998`, {
      state: 'paused',
      priority: 'low',
      phase: 'probing',
      done: 310,
      total: 1200,
      progress: 310 / 1200,
    }),
    live(7, ARCHIVE, {
      kind: 'verify',
      state: 'running',
      phase: 'decoding',
      done: 754,
      total: 3723,
      progress: 754 / 3723,
      ratePerSecond: 11.6,
      etaSeconds: 185,
      currentItem: `${ARCHIVE}/Interviews/Camera B/A001_C0042.mov`,
    }),
    live(9, HOLIDAY, {
      jobId: 'live-scan',
      state: 'running',
      phase: 'probing',
      done: 4210,
      total: 12_870,
      progress: 4210 / 12_870,
      ratePerSecond: 84.4,
      etaSeconds: 103,
      problems: 2,
      currentItem: `${HOLIDAY}/Rome/Day 2/GX010042.mp4`,
    }),
  ];
}
