import { describe, expect, it } from 'vitest';
import type { ReportedProblem } from '../../shared/library-protocol';
import { MAX_REPORTED, problemReport, type ReportHead } from './problem-report';

const HEAD: ReportHead = {
  vitrine: '1.2.3',
  platform: 'linux x64',
  electron: '45.4.1',
  ffprobe: '20230721',
  madeAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
};

function damaged(path: string, more: Partial<ReportedProblem['problem']> = {}): ReportedProblem {
  return {
    path,
    sizeBytes: 1234,
    mtimeMs: Date.UTC(2025, 5, 1),
    problem: {
      stage: 'probe',
      code: 'DAMAGED',
      message: 'The header is cut off.',
      toolOutput: 'moov atom not found\na.mp4: Invalid data',
      occurredAt: Date.UTC(2026, 0, 1),
      ...more,
    },
  };
}

describe('problem report', () => {
  it('says what made it, and of every file what is known', () => {
    expect(problemReport(HEAD, [damaged('/films/a.mp4')], 1)).toBe(
      `Vitrine: files that could not be read
Vitrine 1.2.3, linux x64, Electron 45.4.1, ffprobe 20230721
2026-01-02T03:04:05.000Z, 1 file

/films/a.mp4
  1234 bytes, changed 2025-06-01T00:00:00.000Z
  probe, DAMAGED, 2026-01-01T00:00:00.000Z
  The header is cut off.
  | moov atom not found
  | a.mp4: Invalid data
`,
    );
  });

  it('goes without what is not known', () => {
    const text = problemReport(
      { ...HEAD, ffprobe: null },
      [damaged('/a', { toolOutput: null })],
      1,
    );
    expect(text).toContain('ffprobe unknown');
    expect(text).not.toContain('|');
  });

  it('keeps names with line ends and escapes on one line', () => {
    const text = problemReport(HEAD, [damaged('/films/a\n  DAMAGED\u001b[2J.mp4')], 1);
    expect(text).toContain('\n/films/a\\x0a  DAMAGED\\x1b[2J.mp4\n');
  });

  it('says how many it leaves out, by number and by size', () => {
    const many = Array.from({ length: MAX_REPORTED + 5 }, (_, index) => damaged(`/${index}.mp4`));
    expect(problemReport(HEAD, many, 10_000)).toMatch(
      /9500 more files left out of this report\.\n$/,
    );
    const long = Array.from({ length: 300 }, () => damaged('/a', { toolOutput: 'x'.repeat(2048) }));
    const text = problemReport(HEAD, long, 300);
    expect(text.length).toBeLessThan(201_000);
    expect(text).toMatch(/\d+ more files left out/);
  });

  it('survives times that no calendar has', () => {
    expect(problemReport(HEAD, [{ ...damaged('/a'), mtimeMs: 1e300 }], 1)).toContain('1e+300 ms');
  });
});
