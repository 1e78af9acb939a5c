import type { Migration } from './migration';

/** How far the reading of headers is, beside the reading of everything; null for jobs that read none. */
export const twoLevels: Migration = {
  version: 3,
  sql: `
ALTER TABLE jobs ADD COLUMN discovered INTEGER;
ALTER TABLE jobs ADD COLUMN quick_done INTEGER;
`,
};
