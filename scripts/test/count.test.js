// @ts-check
import { describe, expect, it } from 'vitest';
import { add, closingLine, countPlaywright, countVitest } from './count.js';

/** @param {string[]} statuses */
const file = (...statuses) => ({
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe("counting Vitest's report", () => {
  it('adds up the tests of all files, and everything that did not run as skipped', () => {
    const report = {
      testResults: [
        file('passed', 'passed', 'failed'),
        file('passed', 'skipped', 'todo', 'pending'),
      ],
    };
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    expect(countVitest({ testResults: [file('passed'), broken] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a failing hook of a file whose tests did not run as one failure', () => {
    const broken = { status: 'failed', assertionResults: [{ status: 'skipped' }] };
    expect(countVitest({ testResults: [broken] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 1 });
  });

  it('does not believe a clean report of a runner that ended with an error', () => {
    expect(countVitest({ testResults: [file('passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it.each([undefined, null, {}, 'cut short'])(
    'counts a missing report (%j) as one failure',
    (report) => {
      expect(countVitest(report, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    },
  );
});

describe("counting Playwright's report", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };

  it('takes a flaky test for a failed one', () => {
    expect(countPlaywright({ stats, errors: [] }, 1)).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });

  it('counts errors outside of tests', () => {
    const clean = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    const report = { stats: clean, errors: [{ message: 'no tests found' }] };
    expect(countPlaywright(report, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('does not believe a clean report of a runner that ended with an error', () => {
    const clean = { expected: 4, unexpected: 0, flaky: 0, skipped: 0 };
    expect(countPlaywright({ stats: clean }, 130)).toEqual({ passed: 4, failed: 1, skipped: 0 });
  });

  it('counts a missing report as one failure', () => {
    expect(countPlaywright(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the closing line', () => {
  it('leaves out what was skipped when nothing was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  });

  it('names what was skipped', () => {
    const sum = add({ passed: 1, failed: 1, skipped: 0 }, { passed: 2, failed: 0, skipped: 4 });
    expect(closingLine(sum)).toBe('3 passed, 1 failed, 4 skipped');
  });
});
