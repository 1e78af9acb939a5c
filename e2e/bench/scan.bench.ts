import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestInfo } from 'playwright/test';
import { clip } from '../fixtures/clips';
import { expect, test } from '../fixtures/test';
import type { VitrineApp } from '../fixtures/vitrine-app';
import { makeCorpus } from './corpus';
import { median, residentMegabytes, sampleOf, sequentialFfprobe, table } from './measure';

const FILES = Number(process.env['VITRINE_BENCH_FILES'] ?? 5_000);
const CALLS = Number(process.env['VITRINE_BENCH_CALLS'] ?? 200);
const BASELINE_FILES = 500;
const CALL_INTERVAL_MS = 40;
/** The memory of every process is read at these parts of the scan. */
const MARKS = [0.1, 0.25, 0.5, 0.75, 1];

type ProcessName = 'main' | 'renderer' | 'library' | 'media';
type Memory = Record<ProcessName, { now: number; peak: number }>;

function show(info: TestInfo, rows: string[][]): Promise<void> {
  return info.attach('figures', { body: table(rows), contentType: 'text/plain' });
}

async function memoryOf(app: VitrineApp): Promise<Memory> {
  const metrics = await app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
  );
  const of = (wanted: (metric: (typeof metrics)[number]) => boolean) =>
    residentMegabytes(metrics.find(wanted)?.pid as number);
  return {
    main: of(({ type }) => type === 'Browser'),
    renderer: of(({ type }) => type === 'Tab'),
    library: of(({ name }) => name === 'Vitrine library'),
    media: of(({ name }) => name === 'Vitrine media'),
  };
}

/** Follows a scan to its end and reads every process's memory on the way. */
async function followWithMemory(app: VitrineApp, jobId: string): Promise<Memory[]> {
  const memory: Memory[] = [];
  for (const mark of MARKS) {
    await app.waitFor(async () => {
      const job = await app.ask('jobs.get', { jobId });
      return job.done >= mark * FILES || job.state !== 'running' ? true : undefined;
    });
    memory.push(await memoryOf(app));
  }
  await app.jobEnd(jobId);
  return memory;
}

const filesPerSecond = (elapsedMs: number) => FILES / (elapsedMs / 1000);
const ratio = (value: number, baseline: number) => `${(value / baseline).toFixed(2)} ×`;

test(`${FILES} files: first scan, rescan, and one ffprobe after the other`, async ({
  app,
  place,
}, info) => {
  const folder = join(place.folder, 'corpus');
  const files = makeCorpus(folder, FILES);
  const baselineBefore = await sequentialFfprobe(sampleOf(files, BASELINE_FILES));

  const jobId = await app.addFolder(folder);
  const memory = await followWithMemory(app, jobId);
  const first = await app.ask('jobs.get', { jobId });
  expect(first.result).toMatchObject({ added: FILES, unreadable: 0 });
  const again = await app.ask('scan.start', { path: folder });
  const rescan = await app.jobEnd(again.jobId);
  expect(rescan.result).toMatchObject({ unchanged: FILES });
  const baselineAfter = await sequentialFfprobe(sampleOf(files, BASELINE_FILES));

  const baseline = (baselineBefore + baselineAfter) / 2;
  const firstRate = filesPerSecond(first.result?.elapsedMs ?? Number.NaN);
  const rescanRate = filesPerSecond(rescan.result?.elapsedMs ?? Number.NaN);
  await show(info, [
    ['', 'files/s', 'against baseline'],
    ['one ffprobe after the other', baseline.toFixed(1), '1.00 ×'],
    ['first scan', firstRate.toFixed(1), ratio(firstRate, baseline)],
    ['rescan, nothing changed', rescanRate.toFixed(0), ratio(rescanRate, baseline)],
  ]);
  await show(info, [
    ['resident memory, MB', ...MARKS.map((mark) => `${mark * 100} %`), 'peak'],
    ...(['main', 'renderer', 'library', 'media'] as const).map((name) => [
      name,
      ...memory.map((at) => at[name].now.toFixed(0)),
      (memory.at(-1)?.[name].peak ?? 0).toFixed(0),
    ]),
  ]);
});

test(`scan.start answers during a scan of ${FILES} files`, async ({ app, place }, info) => {
  const folder = join(place.folder, 'corpus');
  makeCorpus(folder, FILES);
  const small = Array.from({ length: CALLS }, (_value, index) => {
    const path = join(place.folder, 'small', String(index));
    mkdirSync(path, { recursive: true });
    linkSync(clip('mp4-h264-aac'), join(path, 'a.mp4'));
    return path;
  });
  const jobId = await app.addFolder(folder);
  await app.chooseInDialog(small);
  await app.ask('roots.choose', {});
  await app.waitFor(async () =>
    (await app.ask('jobs.get', { jobId })).done > 0 ? true : undefined,
  );

  // Each call commits a new root and a new job, measured in the page from the call to its promise.
  const times = await app.page.evaluate(
    async ([paths, interval]) => {
      const measured: number[] = [];
      for (const path of paths) {
        const startedAt = performance.now();
        const answer = await window.vitrine.scan.start({ path });
        measured.push(performance.now() - startedAt);
        if (!answer.ok) throw new Error(answer.error.message);
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
      return measured;
    },
    [small, CALL_INTERVAL_MS] as const,
  );
  const { state } = await app.ask('jobs.get', { jobId });
  await app.ask('jobs.cancel', { jobId });
  const sorted = [...times].sort((a, b) => a - b);
  await show(info, [
    ['scan.start → job ID', 'calls', 'median ms', 'p99 ms', 'worst ms'],
    [
      state === 'running' ? 'while the scan runs' : 'the scan was over before the last call',
      String(times.length),
      median(times).toFixed(1),
      (sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN).toFixed(1),
      Math.max(...times).toFixed(1),
    ],
  ]);
});
