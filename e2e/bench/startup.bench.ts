import { join } from 'node:path';
import { test } from '../fixtures/test';
import { PROJECT, VitrineApp } from '../fixtures/vitrine-app';
import { PLAIN_CONTENT, plainArguments, writePlainApp } from './baselines/plain-window';
import { fillLibrary } from './huge-library';
import { interleaved } from './measure/rounds';
import { startTime } from './measure/start-times';
import { figure, spread } from './report/markdown';
import { report } from './report/section';
import { ratios } from './report/statistics';
import { SCALE } from './scale';

/** Starts are short and vary much: more of them than of other rounds. */
const ROUNDS = SCALE.rounds + 2;
const FIRST_VIDEO = '[data-testid="video-tile"]';

test('Start-up', async ({ place }, info) => {
  const first = await VitrineApp.launch(place);
  await first.ask('library.summary', {});
  await first.close();
  fillLibrary(join(place.library, 'library.sqlite'), SCALE.startupRows);
  const plainFolder = writePlainApp(place.folder);
  const start = {
    plain: () =>
      startTime({
        appFolder: plainFolder,
        arguments: plainArguments(plainFolder),
        content: PLAIN_CONTENT,
      }),
    app: () =>
      startTime({
        appFolder: PROJECT,
        arguments: [`--user-data-dir=${place.profile}`, '.', `--library=${place.library}`],
        content: FIRST_VIDEO,
      }),
  };
  // The first start of each fills caches.
  await interleaved(1, start);
  const { plain, app } = await interleaved(ROUNDS, start);
  const more = app.map((milliseconds, round) => milliseconds - (plain[round] as number));
  await report(
    info,
    [
      {
        header: [
          'From the start of the process until the window is shown and has painted',
          'ms',
          'against the plain window',
          'more than it, ms',
        ],
        rows: [
          ['plain Electron window with a word in it', spread(plain), '1.00 ×', ''],
          [
            `app with a library of ${figure(SCALE.startupRows)} videos, first page of them`,
            spread(app),
            spread(ratios(app, plain), ' ×'),
            spread(more),
          ],
        ],
      },
    ],
    [
      `${ROUNDS} rounds after one that does not count. Both are started from a terminal, with Electron's default app in between as in development.`,
    ],
  );
});
