import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { concurrently } from '../fixtures/concurrently';
import { createClip } from '../fixtures/media-factory';
import { test } from '../fixtures/test';
import { VitrineApp, type Workplace } from '../fixtures/vitrine-app';
import { makeFilesOfRows } from './corpora/copied-videos';
import { age } from './corpora/corpus';
import { fillLibrary } from './huge-library';
import {
  makeSome,
  type ScrolledGrid,
  scrollQuietly,
  scrollWhileMaking,
} from './measure/arriving-previews';
import { interleaved } from './measure/rounds';
import { latencyTable } from './report/latency-table';
import { figure } from './report/markdown';
import { report } from './report/section';
import { SCALE } from './scale';

const SECONDS = 3;
const SIZES = [
  { width: 1280, height: 720 },
  { width: 640, height: 480 },
  { width: 640, height: 360 },
  { width: 360, height: 640 },
];
/**
 * Most videos have one of so many contents, whose previews are made before: so they arrive as fast as videos come on
 * screen. The others are made meanwhile.
 */
const CONTENTS = 100;

test('Previews that arrive while the grid is scrolled', async ({ place }, info) => {
  await largeLibrary(place);
  const app = await VitrineApp.launch(place, { checkResponses: false });
  await app.ask('settings.change', { previewShare: 'high' });
  await app.page.getByTestId('video-tile').first().waitFor();
  await makeSome(app, CONTENTS);
  const { quiet, arriving } = await interleaved(SCALE.rounds, {
    quiet: () => scrollQuietly(app, SCALE.handlingSeconds),
    arriving: () => scrollWhileMaking(app, SCALE.handlingSeconds),
  });
  await app.close();
  const frames = (grids: readonly ScrolledGrid[]) => grids.flatMap((grid) => grid.frames);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds = SCALE.rounds * SCALE.handlingSeconds;
  const arrived = sum(arriving.map((grid) => grid.arrived));
  const postersOf = (grids: readonly ScrolledGrid[]) => sum(grids.map(({ posters }) => posters));
  await report(
    info,
    [
      latencyTable(`Frame while scrolling ${figure(SCALE.scrolledRows)} tiles, ms`, [
        ['baseline: no previews are made', frames(quiet)],
        ['previews arrive', frames(arriving)],
      ]),
    ],
    [
      `In ${seconds} s of scrolling ${arrived.toLocaleString('en-GB')} previews arrived: what was new made by all cores, the rest shared with one of ${CONTENTS} others. The page showed ${postersOf(arriving).toLocaleString('en-GB')} new posters meanwhile, and ${postersOf(quiet).toLocaleString('en-GB')} in the same time without.`,
    ],
  );
});

/** A library of real files, hard links to a few clips, of which none has a preview. */
async function largeLibrary(place: Workplace): Promise<void> {
  const rootPath = join(place.folder, 'Archive');
  const clips = join(rootPath, 'clips');
  mkdirSync(clips, { recursive: true });
  await concurrently([...SIZES.entries()], ([index, size]) =>
    createClip(join(clips, `${index}.mp4`), 'mp4-h264-aac', { seconds: SECONDS, size }),
  );
  age(clips);
  const app = await VitrineApp.launch(place);
  await app.scanned(rootPath);
  await app.close();
  const databasePath = join(place.library, 'library.sqlite');
  fillLibrary(databasePath, SCALE.scrolledRows, rootPath);
  makeFilesOfRows(databasePath, { rootPath, contents: CONTENTS });
}
