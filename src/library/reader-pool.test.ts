import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { FirstAnswers } from './first-answers';
import { openLibraryFile } from './open';
import { ReaderPool } from './reader-pool';
import { libraryFixture } from './testing/library-fixture';
import { claimScan, scanSteps } from './testing/scan-fixture';

const { temporaryFolder, openLibrary } = libraryFixture();

describe('reader threads', () => {
  it('answer while a long batch is being written', async () => {
    const library = await openLibrary();
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await steps.reconcile({ 'first.mp4': {} });
    const page = () =>
      library.library.call('pageVideos', { query: EVERYTHING, index: 0, limit: 9 });
    await page();
    const order: string[] = [];
    const many = Array.from({ length: 8000 }, (_, index) => [`clip ${index}.mp4`, {}] as const);
    const writing = steps.reconcile(Object.fromEntries(many)).then(() => order.push('batch'));
    const { total } = await page();
    order.push('page');
    const jobId = (await library.library.call('submitScan', { path: '/elsewhere' })).jobId;
    await library.library.call('getJob', { jobId });
    order.push('submit');
    await writing;
    expect(order).toEqual(['page', 'submit', 'batch']);
    expect(total).toBeLessThan(8001);
  });

  it('keep a call from being made after a cancel', async () => {
    const library = await openLibrary();
    const call = library.library.call('summary', null, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

it('a reader thread is there, and reads ahead, before the second page is asked for', async () => {
  const folder = temporaryFolder();
  const script = join(folder, 'worker.mjs');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
     import { parentPort, workerData } from 'node:worker_threads';
     parentPort.on('message', ({ name }) => {
       if (name === 'close') parentPort.close();
       else writeFileSync(${JSON.stringify(join(folder, 'told'))}, name);
     });`,
  );
  const { database, databasePath, close } = openLibraryFile(folder, 'write');
  const pool = new ReaderPool({
    workerPath: script,
    databasePath,
    takeChange: null,
    firstAnswers: new FirstAnswers(database, Date.now),
  });
  await pool.call('pageVideos', { query: EVERYTHING, index: 0, limit: 9 }, {});
  await vi.waitFor(() => expect(readFileSync(join(folder, 'told'), 'utf8')).toBe('prepare'), 5000);
  await pool.close();
  close();
});

describe('a reader thread that crashes', () => {
  const pools: ReaderPool[] = [];
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });

  /** A worker that dies of its first question when the marker file is there, and answers otherwise. */
  function startPool() {
    const folder = temporaryFolder();
    const marker = join(folder, 'die');
    mkdirSync(marker);
    const script = join(folder, 'worker.mjs');
    writeFileSync(
      script,
      `import { existsSync } from 'node:fs';
       import { parentPort, workerData } from 'node:worker_threads';
       parentPort.on('message', ({ id, name }) => {
         if (name === 'close') parentPort.close();
         if (existsSync(workerData.databasePath)) process.exit(1);
         parentPort.postMessage({ type: 'response', id, ok: true, value: 'alive' });
       });`,
    );
    const pool = new ReaderPool({
      workerPath: script,
      databasePath: marker,
      takeChange: null,
      firstAnswers: null,
    });
    pools.push(pool);
    return { pool, heal: () => rmSync(marker, { recursive: true }) };
  }

  it('rejects what it had not answered and is replaced at the next call', async () => {
    const { pool, heal } = startPool();
    const failure = { code: 'WORKER_CRASHED' };
    const calls = [pool.call('summary', null, {}), pool.call('getVideo', { id: 1 }, {})];
    for (const call of calls) await expect(call).rejects.toMatchObject(failure);
    heal();
    expect(await pool.call('summary', null, {})).toBe('alive');
  });

  it('is not replaced once the pool is closed', async () => {
    const { pool, heal } = startPool();
    heal();
    await pool.call('summary', null, {});
    await pool.close();
    await expect(pool.call('summary', null, {})).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
