import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{js,ts}', 'e2e/bench/**/*.test.ts'],
    // Real processes and real SQLite files are at work: a slow shared machine must not fail them.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
