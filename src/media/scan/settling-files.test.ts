import { beforeEach, describe, expect, it } from 'vitest';
import type { ProbeOutcome, ProbeReport, ProbeTask } from '../../shared/library-protocol';
import type { FileVersion } from './file-system';
import type { ProbedFile } from './probe-file';
import { SettlingFiles } from './settling-files';

const TIMES = { readableMs: 2_000, unreadableMs: 5_000, patienceMs: 20_000 };
const READABLE = { kind: 'probed' } as ProbeOutcome;
const UNREADABLE = { kind: 'unreadable' } as ProbeOutcome;

const task = (path: string) => ({ videoId: 1, path }) as ProbeTask;
const report = (outcome: ProbeOutcome) => ({ videoId: 1, outcome }) as ProbeReport;
const whole: ProbedFile = { report: report(READABLE), doubt: null };
const doubtful = (
  doubt: 'young' | 'changing' | 'interrupted',
  version: FileVersion,
  outcome = READABLE,
): ProbedFile => ({ report: report(outcome), doubt, version });

let now: number;
let written: { at: number; kind: string }[];
let reads: number[];
/** What was waited, in milliseconds. */
let waits: number[];
let afterNextWait: () => void;
/** The file as it is at a time. */
let fileAt: (time: number) => FileVersion | null;
/** What the next reads find; the last one is found again and again. */
let found: (() => ProbedFile)[];

/** A disk and a clock that only waiting moves. */
function settlingFiles(): SettlingFiles {
  return new SettlingFiles({
    times: TIMES,
    look: async () => fileAt(now),
    read: async () => {
      reads.push(now);
      return ((found.length > 1 ? found.shift() : found[0]) ?? (() => whole))();
    },
    write: async ({ outcome }) => void written.push({ at: now, kind: outcome.kind }),
    now: () => now,
    wait: async (milliseconds) => {
      expect(milliseconds).toBeGreaterThan(0);
      waits.push(milliseconds);
      now += milliseconds;
      afterNextWait();
      afterNextWait = () => undefined;
    },
  });
}

async function decideAll(files: SettlingFiles): Promise<void> {
  while (await files.decideNext());
}

/** A file that is written to once a second from 0 until `end`, from then on as it is. */
const growingUntil = (end: number) => (time: number) => {
  const mtimeMs = Math.floor(Math.min(time, end) / 1_000) * 1_000;
  return { size: mtimeMs, mtimeMs, ino: 1 };
};
const at = (time: number): FileVersion => fileAt(time) as FileVersion;

beforeEach(() => {
  now = 100_000;
  written = [];
  reads = [];
  waits = [];
  afterNextWait = () => undefined;
  found = [() => whole];
  fileAt = () => ({ size: 1, mtimeMs: 100_000, ino: 1 });
});

describe('a file that was read', () => {
  it('is written at once when there is no doubt', async () => {
    await settlingFiles().add(task('a.mp4'), whole);
    expect(written).toEqual([{ at: 100_000, kind: 'probed' }]);
  });

  it('a moment after it was written is believed when it stayed the same, without a second read', async () => {
    const files = settlingFiles();
    now = 100_500;
    await files.add(task('a.mp4'), doubtful('young', at(now)));
    await decideAll(files);
    expect(written).toEqual([{ at: 102_000, kind: 'probed' }]);
    expect(reads).toEqual([]);
  });

  it('is given longer when it could not be read', async () => {
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('young', at(now), UNREADABLE));
    await decideAll(files);
    expect(written).toEqual([{ at: 105_000, kind: 'unreadable' }]);
  });

  it('while it changed is read again when it has come to rest', async () => {
    fileAt = growingUntil(108_000);
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('changing', at(now)));
    await decideAll(files);
    expect(reads).toEqual([110_000]);
    expect(written).toEqual([{ at: 110_000, kind: 'probed' }]);
  });

  it('is read again when it turns out to have changed after all', async () => {
    fileAt = growingUntil(101_000);
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('young', at(now)));
    await decideAll(files);
    expect(reads).toEqual([104_000]);
    expect(written).toHaveLength(1);
  });

  it('and vanished is left to the next read to tell', async () => {
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('young', at(now)));
    fileAt = () => null;
    found = [() => ({ report: report({ kind: 'gone' }), doubt: null })];
    await decideAll(files);
    expect(written).toEqual([{ at: 102_000, kind: 'gone' }]);
  });

  it('that does not come to rest is left unsettled when patience is at its end', async () => {
    fileAt = growingUntil(Number.POSITIVE_INFINITY);
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('changing', at(now)));
    await decideAll(files);
    expect(reads).toEqual([]);
    expect(written).toEqual([{ at: 120_000, kind: 'unsettled' }]);
  });

  it('is waited for no longer than patience lasts, also when the clock is put back meanwhile', async () => {
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('young', at(now)));
    afterNextWait = () => {
      now -= 24 * 60 * 60_000;
    };
    await decideAll(files);
    expect(waits).toEqual([2_000, TIMES.patienceMs]);
    expect(written.map(({ kind }) => kind)).toEqual(['unsettled']);
  });

  it('by a tool that somebody ended is read again once, and then believed', async () => {
    found = [() => doubtful('interrupted', at(now), UNREADABLE)];
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('interrupted', at(now), UNREADABLE));
    await decideAll(files);
    expect(reads).toEqual([102_000]);
    expect(written).toEqual([{ at: 102_000, kind: 'unreadable' }]);
  });
});

describe('several files', () => {
  it('are decided about as each comes to rest, side by side', async () => {
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('young', at(now), UNREADABLE));
    await files.add(task('b.mp4'), doubtful('young', at(now)));
    await Promise.all([decideAll(files), decideAll(files)]);
    expect(written.map(({ kind }) => kind)).toEqual(['probed', 'unreadable']);
  });

  it('are decided about in passing as soon as they are due, and not before', async () => {
    const files = settlingFiles();
    await files.add(task('a.mp4'), doubtful('young', at(now)));
    await files.decideDue();
    expect(written).toEqual([]);
    now = 102_000;
    await files.decideDue();
    expect(written).toHaveLength(1);
    expect(await files.decideNext()).toBe(false);
  });
});
