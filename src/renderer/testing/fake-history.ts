import type { JobStatus } from '../../shared/job';
import { newScan } from './fake-library';
import { FAKE_NOW_MS } from './fake-videos';

const HOUR_MS = 60 * 60 * 1000;

/** A job of every ending, the newest first. */
export function fakeHistory(): JobStatus[] {
  const scan = (hoursAgo: number, path: string, change: Partial<JobStatus>): JobStatus => ({
    ...newScan(`past-${hoursAgo}`, { rootId: 1, path }),
    createdAt: FAKE_NOW_MS - hoursAgo * HOUR_MS,
    startedAt: FAKE_NOW_MS - hoursAgo * HOUR_MS,
    finishedAt: FAKE_NOW_MS - hoursAgo * HOUR_MS + 95_000,
    phase: 'finishing',
    ...change,
  });
  const result = {
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
  return [
    scan(1, '/media/anna/Holiday 2019', {
      state: 'succeeded',
      result,
      done: 12_870,
      total: 12_870,
    }),
    scan(5, '/mnt/offline/Studio NAS', {
      state: 'failed',
      phase: 'listing',
      error: { code: 'ROOT_OFFLINE', message: 'ENOENT: /mnt/offline/Studio NAS' },
    }),
    scan(26, '/media/anna/Holiday 2019', { state: 'cancelled', done: 4210, total: 12_870 }),
    scan(60, '/home/anna/Videos/Family archive 1998–2012', {
      state: 'succeeded',
      result: { ...result, added: 0, changed: 0, missing: 0, unreadable: 0 },
    }),
  ];
}
