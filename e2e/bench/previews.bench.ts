import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test';
import { VitrineApp, type Workplace } from '../fixtures/vitrine-app';
import type { Effort } from './baselines/ffprobe';
import { framesOneByOne, PLAIN_FFMPEG_WORDS } from './baselines/plain-ffmpeg';
import { copiesOf, previewableClips } from './corpora/previewable';
import { knownClips, makeFilmstrips, makePosters } from './measure/preview-making';
import { makePreviews, type PreviewRound, previewWithApp } from './measure/preview-round';
import { totalCpuSeconds } from './measure/process-usage';
import { interleaved } from './measure/rounds';
import {
  latenciesOfFrames,
  latenciesOfScrubbing,
  latencyOfEntering,
} from './measure/scrub-latency';
import { latencyTable } from './report/latency-table';
import { figure, spread, type Table } from './report/markdown';
import { report } from './report/section';
import { ratios } from './report/statistics';
import { usageTable } from './report/usage-table';
import { SCALE } from './scale';

/** What the app makes at most, and so does the baseline. */
const FILMSTRIP_PICTURES = 25;
/** In the app so many copies of each clip are previewed, each with other bytes: two processors are to be kept busy. */
const COPIES = 3;
/** A poster takes a moment only: of each clip several are made. */
const POSTER_REPEATS = 5;
const POSTER_BOX = { width: 640, height: 640 };
const FRAME_BOX = { width: 320, height: 320 };

interface Rounds {
  plainPosters: Effort[];
  posters: Effort[];
  plainFilmstrips: Effort[];
  filmstrips: Effort[];
  app: PreviewRound[];
}

test('Previews', async ({ place }, info) => {
  const { folder, clips } = await previewableClips(place.folder, SCALE.previewedKinds);
  const many = await copiesOf(clips, COPIES, join(place.folder, 'many'));
  const known = await knownClips(clips);
  const pictures = join(place.folder, 'pictures');
  mkdirSync(pictures);
  const repeated = <T>(items: readonly T[]) =>
    Array.from({ length: POSTER_REPEATS }, () => items).flat();
  const plain = (timed: typeof clips, frames: number, box: typeof FRAME_BOX) =>
    framesOneByOne(timed, { frames, box, folder: pictures });
  const rounds = await interleaved(SCALE.rounds, {
    plainPosters: () => plain(repeated(clips), 1, POSTER_BOX),
    posters: () => makePosters(repeated(known), pictures),
    plainFilmstrips: () => plain(clips, FILMSTRIP_PICTURES, FRAME_BOX),
    filmstrips: () => makeFilmstrips(known, pictures),
    app: () => previewWithApp({ folder: many, count: COPIES * clips.length }),
  });
  const scrubbing = await scrubTables(place, folder);
  await report(
    info,
    [
      speedTable(clips.length, rounds),
      usageTable(
        `Memory and time of ${COPIES * clips.length} previews`,
        rounds.app.map(({ usage }) => usage),
      ),
      ...scrubbing,
    ],
    notesOn(clips.length * COPIES, rounds),
  );
});

function speedTable(count: number, rounds: Rounds): Table {
  const posterCount = count * POSTER_REPEATS;
  const rates = (efforts: readonly { seconds: number }[], videos = count) =>
    efforts.map(({ seconds }) => videos / seconds);
  const cpu = (efforts: readonly Effort[], videos = count) =>
    efforts.map(({ cpuSeconds }) => cpuSeconds / videos);
  const plainPosters = rates(rounds.plainPosters, posterCount);
  const plainFilmstrips = rates(rounds.plainFilmstrips);
  const row = (name: string, speed: number[], baseline: number[], cpuSeconds: number[]) => [
    name,
    spread(speed),
    spread(ratios(speed, baseline), ' ×'),
    spread(cpuSeconds),
  ];
  const { posters, filmstrips, app } = rounds;
  const appCpu = app.map(({ usage }) => totalCpuSeconds(usage) / (count * COPIES));
  const inApp = app.map(({ seconds }) => ({ seconds: seconds / COPIES }));
  const postersInApp = app.map(({ posterSeconds }) => ({ seconds: posterSeconds / COPIES }));
  return {
    header: [`${count} clips`, 'videos/s', 'against plain ffmpeg', 'CPU s per video'],
    rows: [
      row(
        `\`${PLAIN_FFMPEG_WORDS}\``,
        plainPosters,
        plainPosters,
        cpu(rounds.plainPosters, posterCount),
      ),
      row('poster', rates(posters, posterCount), plainPosters, cpu(posters, posterCount)),
      row(
        `the same ffmpeg, ${FILMSTRIP_PICTURES} times a video`,
        ...([plainFilmstrips, plainFilmstrips, cpu(rounds.plainFilmstrips)] as const),
      ),
      row('filmstrip and poster', rates(filmstrips), plainFilmstrips, cpu(filmstrips)),
      [
        'poster, in the app, until every video has one',
        ...[
          spread(rates(postersInApp)),
          spread(ratios(rates(postersInApp), plainPosters), ' ×'),
          '',
        ],
      ],
      row('filmstrip and poster, in the app', rates(inApp), plainFilmstrips, appCpu),
    ],
  };
}

function notesOn(count: number, { app }: Rounds): string[] {
  const { cacheBytes = 0 } = app.at(-1) ?? {};
  const milliseconds = (...names: string[]) =>
    spread(
      app.map(({ usage }) => {
        const ofProcesses = usage.filter(({ name }) => names.includes(name));
        return (ofProcesses.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / count) * 1000;
      }),
    );
  return [
    'The processor time of posters and filmstrips is that of ffmpeg alone; in the app it is that of all processes.',
    `The poster and the filmstrip of a video take ${figure(cacheBytes / count / 1024)} KiB in the cache.`,
    `Beside ffmpeg, a video costs the media process ${milliseconds('media')} ms of processor time, the library process ${milliseconds('library')} ms, and main and the page, which shows all of them, ${milliseconds('main', 'renderer')} ms.`,
  ];
}

/** Scrubs through tiles and the inspector's picture of the real app. */
async function scrubTables(place: Workplace, folder: string): Promise<Table[]> {
  const app = await VitrineApp.launch(place, { checkResponses: false });
  try {
    await app.scanned(folder);
    await makePreviews(app);
    const tiles = app.page.getByTestId('video-tile');
    await expect(tiles.getByTestId('poster')).toHaveCount(await tiles.count());
    const entered = { first: await enterAll(app), again: await enterAll(app) };

    const tile = tiles.first();
    await tile.click();
    const id = Number(await tile.getAttribute('data-video-id'));
    const { times } = await app.ask('previews.filmstrip', { id });
    const scrub = { pictures: times.length, moves: SCALE.scrubMoves };
    const scrubbed = await interleaved(SCALE.rounds, {
      frames: () => latenciesOfFrames(app.page, SCALE.scrubMoves),
      tile: () => latenciesOfScrubbing(tile, scrub),
      inspector: () => latenciesOfScrubbing(app.page.getByTestId('inspector-picture'), scrub),
    });
    return [
      latencyTable('From the movement of the pointer to the painted picture, ms', [
        ['baseline: to the next frame, nothing is scrubbed', scrubbed.frames.flat()],
        ['over a tile', scrubbed.tile.flat()],
        ['over the picture of the inspector', scrubbed.inspector.flat()],
        ['first picture of a tile, never shown before', entered.first],
        ['first picture of a tile, shown before', entered.again],
      ]),
    ];
  } finally {
    await app.close();
  }
}

async function enterAll(app: VitrineApp): Promise<number[]> {
  const times: number[] = [];
  for (const tile of await app.page.getByTestId('video-tile').all()) {
    await tile.scrollIntoViewIfNeeded();
    times.push(await latencyOfEntering(tile));
  }
  return times;
}
