import { describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../shared/library-protocol';
import { ReportWriter } from './report-writer';

function report(videoId: number): ProbeReport {
  const version = { sizeBytes: 1, mtimeMs: 1, inode: 1, contentHash: null };
  return { videoId, ...version, outcome: { kind: 'gone' } };
}

describe('report writer', () => {
  it('writes full batches while others come in, never two at a time, and the rest at the end', async () => {
    const batches: number[][] = [];
    let writing = 0;
    const writer = new ReportWriter(
      async (reports) => {
        expect(++writing).toBe(1);
        await new Promise(setImmediate);
        batches.push(reports.map(({ videoId }) => videoId));
        writing--;
      },
      (thrown) => expect.fail(String(thrown)),
    );
    for (let id = 0; id < 300; id++) await writer.add(report(id));
    await writer.flush();
    expect(batches.flat()).toEqual(Array.from({ length: 300 }, (_, id) => id));
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(32);
  });

  it('writes a lone report without being asked', async () => {
    const written = await new Promise<number[]>((resolve, reject) => {
      const write = async (reports: ProbeReport[]) => resolve(reports.map((one) => one.videoId));
      void new ReportWriter(write, reject).add(report(5));
    });
    expect(written).toEqual([5]);
  });

  it('makes the caller wait while the library falls behind', async () => {
    let release = () => {};
    const writer = new ReportWriter(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
      (thrown) => expect.fail(String(thrown)),
    );
    let added = 0;
    const adding = (async () => {
      for (; added < 1000; added++) await writer.add(report(added));
    })();
    await new Promise(setImmediate);
    expect(added).toBeLessThan(200);
    const unblock = setInterval(() => release(), 0);
    await adding;
    await writer.flush();
    clearInterval(unblock);
    expect(added).toBe(1000);
  });

  it('tells of a write that failed, and ends', async () => {
    const failures: unknown[] = [];
    const writer = new ReportWriter(
      () => Promise.reject(new Error('stale')),
      (thrown) => failures.push(thrown),
    );
    await writer.add(report(1));
    await writer.flush();
    expect(failures).toHaveLength(1);
  });
});
