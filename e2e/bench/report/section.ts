import type { TestInfo } from 'playwright/test';
import { markdownTable, type Table } from './markdown';

/** The name under which a section's Markdown is attached to its test. */
export const SECTION = 'section';

/** Adds tables and what must be said about them to the report, under the title of the test. */
export function report(info: TestInfo, tables: readonly Table[], notes: readonly string[]) {
  const body = [...tables.map(markdownTable), ...notes].join('\n\n');
  return info.attach(SECTION, { body, contentType: 'text/markdown' });
}
