// @ts-check

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {Counts} */
export const oneFailed = { passed: 0, failed: 1, skipped: 0 };

/**
 * Counts Vitest's JSON report.
 * @param {unknown} report what the report file holds, undefined if there is none
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  const files = /** @type {{ testResults?: VitestFile[] } | undefined} */ (report)?.testResults;
  if (!Array.isArray(files)) return oneFailed;
  let counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const inFile = { passed: 0, failed: 0, skipped: 0 };
    for (const { status } of file.assertionResults ?? []) {
      if (status === 'passed') inFile.passed++;
      else if (status === 'failed') inFile.failed++;
      else inFile.skipped++; // pending, skipped, todo, disabled
    }
    // A file that cannot be loaded, or whose hooks fail, has no failed test to show for it.
    if (file.status === 'failed' && inFile.failed === 0) inFile.failed = 1;
    counts = add(counts, inFile);
  }
  return withExitCode(counts, exitCode);
}

/**
 * Counts Playwright's JSON report. A flaky test is a failed test.
 * @param {unknown} report what the report file holds, undefined if there is none
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  const { stats, errors } = /** @type {PlaywrightReport} */ (report ?? {});
  if (stats === undefined) return oneFailed;
  const counts = {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (errors?.length ?? 0),
    skipped: stats.skipped,
  };
  return withExitCode(counts, exitCode);
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/**
 * The line that everything ends with.
 * @param {Counts} counts
 */
export function closingLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

/**
 * A runner that ends with an error has failed, whatever its report says.
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function withExitCode(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @typedef {{ status?: string, assertionResults?: { status: string }[] }} VitestFile
 * @typedef {{ expected: number, unexpected: number, flaky: number, skipped: number }} PlaywrightStats
 * @typedef {{ stats?: PlaywrightStats, errors?: unknown[] }} PlaywrightReport
 */
