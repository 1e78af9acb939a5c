import { defineConfig } from 'playwright/test';

/** The bench drives the real app as the end-to-end tests do, but measures and prints instead of asserting. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../test-results/bench',
  workers: 1,
  timeout: 0,
  reporter: [['./report/markdown-reporter.ts']],
  globalSetup: '../fixtures/make-clips.ts',
});
