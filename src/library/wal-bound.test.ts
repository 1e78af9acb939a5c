import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { WalkedFile } from '../shared/library-protocol';
import { packFiles } from '../shared/walked-files';
import { libraryFixture } from './testing/library-fixture';
import { claimScan, headerReport, scanSteps } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

const FILES = 50_000;
const BATCH = 500;
/** Without checkpoints it would have 74 MB in the end. */
const BOUND_BYTES = 48_000_000;

function fileOf(index: number): WalkedFile {
  const version = { sizeBytes: 1_000 + index * 7_919, mtimeMs: 1.7e12 + index, inode: index };
  return { name: `clip ${index}.mp4`, nameBytes: null, ...version };
}

it('the log stays small while a scan writes 50,000 rows and reads their headers', async () => {
  const library = await openLibrary();
  const job = await claimScan(library);
  const steps = scanSteps(library, job);
  await steps.begin();
  const { jobId, runToken } = job;
  let largest = 0;
  const look = () => {
    largest = Math.max(largest, statSync(join(library.directory, 'library.sqlite-wal')).size);
  };
  for (let start = 0; start < FILES; start += BATCH) {
    const files = packFiles(Array.from({ length: BATCH }, (_, index) => fileOf(start + index)));
    const folders = [{ path: `folder ${start}`, pathBytes: null, mounted: false, files }];
    await library.sink.call('reconcile', { jobId, runToken, folders });
    look();
    const tasks = await steps.takeHeaders(BATCH);
    await steps.writeHeaders(tasks.map((task) => headerReport(task)));
    look();
  }
  const { counts } = await library.library.call('summary', null);
  expect(counts.all).toBe(FILES);
  expect(largest).toBeLessThan(BOUND_BYTES);
});
