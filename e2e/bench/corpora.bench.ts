import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestInfo } from 'playwright/test';
import { test } from '../fixtures/test';
import { type Effort, sequentialFfprobe, XARGS_WORDS, xargsFfprobe } from './baselines/ffprobe';
import { adversarialCorpus } from './corpora/adversarial';
import type { Corpus } from './corpora/corpus';
import { typicalCorpus } from './corpora/typical';
import { type AppRound, scanWithApp } from './measure/app-round';
import { totalCpuSeconds } from './measure/process-usage';
import { interleaved } from './measure/rounds';
import { figure, spread, type Table } from './report/markdown';
import { report } from './report/section';
import { ratios } from './report/statistics';
import { usageTable } from './report/usage-table';
import { SCALE } from './scale';

/** The slowest baseline reads every so-manieth file only. */
const SEQUENTIAL_PART = 4;

interface Rounds {
  xargs: Effort[];
  sequential: Effort[];
  app: AppRound[];
}

test('Typical corpus', async ({ place }, info) => {
  await measure(await typicalCorpus(place.folder, SCALE.typicalFiles), info, [
    'Nine tenths are MP4, MOV and MKV, from 640 × 480 to 1920 × 1080 and 3 seconds long.',
  ]);
});

test('Adversarial corpus', async ({ place }, info) => {
  await measure(adversarialCorpus(place.folder, SCALE.adversarialFiles), info, [
    'Every container that the tests know, and twice as many broken or hostile files: cut off, noise, references to other files, hundreds of streams, 5 GiB of holes.',
  ]);
});

async function measure(corpus: Corpus, info: TestInfo, notes: string[]): Promise<void> {
  const sample = filesBelow(corpus.folder).filter((_file, index) => index % SEQUENTIAL_PART === 0);
  const rounds = await interleaved(SCALE.rounds, {
    xargs: () => xargsFfprobe(corpus.folder),
    sequential: () => sequentialFfprobe(sample),
    app: () => scanWithApp(corpus),
  });
  const { libraryBytes = 0, unreadable = 0 } = rounds.app.at(-1) ?? {};
  const bytes = `${figure(libraryBytes / 1024 ** 2)} MiB, ${figure(libraryBytes / corpus.count)} bytes a video`;
  await report(
    info,
    [
      speedTable(corpus, sample.length, rounds),
      usageTable(
        'Memory and time of the scans',
        rounds.app.map(({ usage }) => usage),
      ),
    ],
    [...notes, `The library then takes ${bytes}. Unreadable files: ${unreadable}.`],
  );
}

function speedTable({ count }: Corpus, sampleCount: number, rounds: Rounds): Table {
  const rates = (files: number, seconds: number[]) => seconds.map((one) => files / one);
  const xargs = rates(
    count,
    rounds.xargs.map(({ seconds }) => seconds),
  );
  const sequential = rates(
    sampleCount,
    rounds.sequential.map(({ seconds }) => seconds),
  );
  const row = (name: string, speed: number[], cpuSeconds: number[] | null) => [
    name,
    spread(speed),
    spread(ratios(speed, xargs), ' ×'),
    spread(ratios(speed, sequential), ' ×'),
    cpuSeconds === null ? '' : spread(cpuSeconds),
  ];
  const appRow = (name: string, milliseconds: (number | null)[], cpuSeconds: number[] | null) =>
    milliseconds.every((one) => one !== null)
      ? row(
          name,
          rates(
            count,
            milliseconds.map((one) => one / 1000),
          ),
          cpuSeconds,
        )
      : [name, 'not built'];
  const { app } = rounds;
  const cpuOf = (efforts: Effort[], files: number) =>
    efforts.map((effort) => (effort.cpuSeconds / files) * 1000);
  const appCpu = app.map(({ usage }) => (totalCpuSeconds(usage) / count) * 1000);
  return {
    header: [
      `${figure(count)} files`,
      'files/s',
      'against xargs',
      'against one after the other',
      'CPU s per 1,000 files',
    ],
    rows: [
      row(`\`${XARGS_WORDS}\``, xargs, cpuOf(rounds.xargs, count)),
      row('one ffprobe after the other', sequential, cpuOf(rounds.sequential, sampleCount)),
      appRow(
        'app: every file is a row',
        app.map(({ listedMs }) => listedMs),
        null,
      ),
      appRow(
        'app: every row has quick facts',
        app.map(({ quickMs }) => quickMs),
        null,
      ),
      appRow(
        'app: every row is complete',
        app.map(({ completeMs }) => completeMs),
        appCpu,
      ),
    ],
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
