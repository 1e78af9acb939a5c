import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../shared/errors';
import { MAX_WAIT_MS } from '../../shared/job';
import { afterFailure } from './after-failure';

const FRESH = { crashCount: 0, transientFailures: 0, rootId: 1 };
const clock = { now: 5_000, random: () => 0.5, ranForMs: 0 };
const failing = (code: ErrorCode, job: Partial<typeof FRESH | { rootId: null }> = {}) =>
  afterFailure({ code, message: code }, { ...FRESH, ...job }, clock);

describe('a run that failed', () => {
  it('waits for what is missing, with the reason in words, and fails of everything else', () => {
    const outcomes = Object.fromEntries(
      ERROR_CODES.map((code) => {
        const step = failing(code);
        return [code, step.to === 'waiting' ? step.waitingFor : step.to];
      }),
    );
    const waiting = {
      ROOT_OFFLINE: 'volume',
      DISK_FULL: 'storage',
      LIBRARY_READ_ONLY: 'storage',
      LIBRARY_IO: 'storage',
      LIBRARY_LOCKED: 'backoff',
      WORKER_CRASHED: 'backoff',
      SYSTEM_BUSY: 'backoff',
      TIMEOUT: 'backoff',
      CANCELLED: 'backoff',
      STALE_RUN: 'backoff',
    };
    const failed = Object.fromEntries(ERROR_CODES.map((code) => [code, 'failed']));
    expect(outcomes).toEqual({ ...failed, ...waiting });
    for (const code of Object.keys(waiting) as ErrorCode[]) {
      expect(failing(code)).toMatchObject({
        reason: expect.stringMatching(/\.$/),
        error: { code },
      });
    }
  });

  it('is tried again after a while that grows with each failure in a row', () => {
    expect(failing('TIMEOUT')).toMatchObject({ notBefore: 5_500 });
    expect(failing('TIMEOUT', { transientFailures: 3 })).toMatchObject({ notBefore: 9_000 });
    expect(failing('DISK_FULL', { transientFailures: 99 })).toMatchObject({ notBefore: 35_000 });
  });

  it('fails when what may pass does not', () => {
    expect(failing('TIMEOUT', { transientFailures: 8 }).to).toBe('waiting');
    expect(failing('TIMEOUT', { transientFailures: 9 }).to).toBe('failed');
  });

  it('begins a new row of failures after a run that went on for long', () => {
    const often = { ...FRESH, transientFailures: 9 };
    const failedAfter = (ranForMs: number) =>
      afterFailure({ code: 'TIMEOUT', message: '' }, often, { ...clock, ranForMs });
    expect(failedAfter(MAX_WAIT_MS - 1)).toMatchObject({ to: 'failed' });
    expect(failedAfter(MAX_WAIT_MS)).toMatchObject({
      to: 'waiting',
      isFirst: true,
      notBefore: 5_500,
    });
  });

  it('counts a crash, and fails of the third', () => {
    expect(failing('WORKER_CRASHED', { crashCount: 1 })).toMatchObject({
      to: 'waiting',
      crashed: true,
    });
    expect(failing('WORKER_CRASHED', { crashCount: 2 })).toMatchObject({
      to: 'failed',
      crashed: true,
    });
    expect(failing('TIMEOUT', { crashCount: 2 })).toMatchObject({ to: 'waiting', crashed: false });
  });

  it('waits for a drive without an end in time, and where there are several tries now and then', () => {
    expect(failing('ROOT_OFFLINE', { transientFailures: 99 })).toMatchObject({ notBefore: null });
    const several = failing('ROOT_OFFLINE', { rootId: null });
    expect(several).toMatchObject({ to: 'waiting', waitingFor: 'backoff', notBefore: 5_500 });
  });
});
