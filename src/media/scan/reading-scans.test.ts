import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadingScans } from './reading-scans';

const never = new AbortController().signal;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether something has happened by now, besides what waits for the clock. */
async function happened(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return done;
}

describe('what waits for scans', () => {
  it('goes on at once where none reads', async () => {
    expect(await happened(new ReadingScans(Date.now).none(never))).toBe(true);
  });

  it('goes on when the last one has read everything', async () => {
    const scans = new ReadingScans(Date.now);
    const [one, other] = [scans.begin(), scans.begin()];
    const none = scans.none(never);
    one.rests();
    expect(await happened(none)).toBe(false);
    other.rests();
    expect(await happened(none)).toBe(true);
  });

  it('waits for one that has something to read again', async () => {
    const scans = new ReadingScans(Date.now);
    const scan = scans.begin();
    scan.rests();
    scan.heard();
    expect(scans.any).toBe(false);
    scan.reads();
    expect(scans.any).toBe(true);
    expect(await happened(scans.none(never))).toBe(false);
  });

  it('does not wait for one that hangs, until it is heard of again', async () => {
    const scans = new ReadingScans(Date.now);
    const scan = scans.begin();
    const none = scans.none(never);
    await vi.advanceTimersByTimeAsync(9_000);
    scan.heard();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await happened(none)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await happened(none)).toBe(true);
    scan.heard();
    expect(await happened(scans.none(never))).toBe(false);
  });

  it('can be given up', async () => {
    const scans = new ReadingScans(Date.now);
    scans.begin();
    const controller = new AbortController();
    const none = expect(scans.none(controller.signal)).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await none;
  });
});
