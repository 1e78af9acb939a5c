import { join } from 'node:path';
import { test } from '../fixtures/test';
import { VitrineApp, type Workplace } from '../fixtures/vitrine-app';
import { type Effort, XARGS_WORDS, xargsFfprobe } from './baselines/ffprobe';
import { FIND_WORDS, listWithFind } from './baselines/listing';
import { startPlainApp, writePlainApp } from './baselines/plain-window';
import type { Corpus } from './corpora/corpus';
import { DEEP_YEARS, deepCorpus } from './corpora/typical';
import { followScan } from './measure/app-scan';
import { type Gaps, watchEventLoop } from './measure/event-loop';
import { handle } from './measure/handling';
import { type LargeScan, scanAndUse } from './measure/large-scan';
import { librarySize } from './measure/library-size';
import { milestonesOf } from './measure/milestones';
import { interleaved } from './measure/rounds';
import { makeSmallFolders } from './measure/start-calls';
import { figure, spread, type Table } from './report/markdown';
import { report } from './report/section';
import { smoothnessTable } from './report/smoothness-table';
import { ratios, spreadOf } from './report/statistics';
import { usageTable } from './report/usage-table';
import { SCALE } from './scale';

const RESCAN_POLL_MS = 10;

test('Deep corpus', async ({ place }, info) => {
  const corpus = await deepCorpus(place.folder, SCALE.deepFiles);
  const others = makeSmallFolders(join(place.folder, 'small'), SCALE.startCalls);
  const part: Corpus = { folder: join(corpus.folder, '2000'), count: corpus.count / DEEP_YEARS };
  const { gaps: plain, effort: xargsBefore } = await plainWindowBeside(place, part.folder);

  const app = await VitrineApp.launch(place, { checkResponses: false });
  const scan = await scanAndUse(app, corpus.folder, others);
  if (scan.added !== corpus.count) {
    throw new Error(`Of ${corpus.count} files, ${scan.added} became rows.`);
  }
  const { log } = librarySize(place.library);
  const quiet = await handle(app.page, SCALE.handlingSeconds);
  const rescans = await interleaved(SCALE.rounds, {
    find: () => listWithFind(corpus.folder),
    app: () => rescan(app, corpus),
  });
  await app.close();
  const xargsAfter = await xargsFfprobe(part.folder);

  const { database } = librarySize(place.library);
  await report(
    info,
    [
      firstScanTable(
        corpus,
        scan,
        [xargsBefore, xargsAfter].map(({ seconds }) => part.count / seconds),
      ),
      rescanTable(corpus, rescans),
      smoothnessTable(scan, plain, quiet),
      usageTable('Memory and time of the first scan', [scan.usage]),
    ],
    notesOn(scan, corpus, part, { database, log }),
  );
});

/** @returns milliseconds */
async function rescan(app: VitrineApp, { folder, count }: Corpus): Promise<number> {
  const { samples, result } = await followScan(app.page, folder, RESCAN_POLL_MS);
  if (result.unchanged !== count) {
    throw new Error(`Of ${count} files, ${result.unchanged} were found unchanged.`);
  }
  return milestonesOf(samples).completeMs;
}

/** What the machine itself does to an event loop while ffprobe keeps it as busy as a scan does. */
async function plainWindowBeside(
  place: Workplace,
  folder: string,
): Promise<{ gaps: Gaps; effort: Effort }> {
  const plain = await startPlainApp(writePlainApp(place.folder));
  await plain.firstWindow();
  const endWatch = await watchEventLoop(plain);
  const effort = await xargsFfprobe(folder);
  const gaps = await endWatch();
  await plain.close();
  return { gaps, effort };
}

function firstScanTable({ count }: Corpus, scan: LargeScan, xargs: number[]): Table {
  const baseline = spreadOf(xargs).median;
  const row = (name: string, milliseconds: number | null) => {
    if (milliseconds === null) return [name, 'not built'];
    const rate = count / (milliseconds / 1000);
    return [name, figure(milliseconds / 1000), figure(rate), `${figure(rate / baseline)} ×`];
  };
  return {
    header: [
      `First scan of ${figure(count)} files, used meanwhile`,
      's',
      'files/s',
      'against xargs',
    ],
    rows: [
      [`\`${XARGS_WORDS}\``, '', spread(xargs), '1.00 ×'],
      row('app: every file is a row', scan.listedMs),
      row('app: every row has quick facts', scan.quickMs),
      row('app: every row is complete', scan.completeMs),
    ],
  };
}

function rescanTable({ count }: Corpus, { find, app }: { find: Effort[]; app: number[] }): Table {
  const milliseconds = find.map(({ seconds }) => seconds * 1000);
  return {
    header: [`Rescan of ${figure(count)} files, nothing changed`, 'ms', 'its time against find'],
    rows: [
      [`\`${FIND_WORDS}\``, spread(milliseconds), '1.00 ×'],
      ['app', spread(app), spread(ratios(app, milliseconds), ' ×')],
    ],
  };
}

function notesOn(
  scan: LargeScan,
  { count }: Corpus,
  part: Corpus,
  { database, log }: { database: number; log: number },
): string[] {
  const mebibytes = (bytes: number) => `${figure(bytes / 1024 ** 2)} MiB`;
  return [
    `The first scan is one round; its baseline is of ${figure(part.count)} of the files, once before and once after it. In its course the window is scrolled and typed in for ${SCALE.handlingSeconds} s each, and ${SCALE.startCalls} other folders are added.`,
    scan.outlasted
      ? 'The scan ran until all of that was measured.'
      : 'The scan was over before all of that was measured: those figures are partly of an app at rest.',
    `After the scan the database takes ${mebibytes(database)} (${figure(database / count)} bytes a video) and its log ${mebibytes(log)}.`,
  ];
}
