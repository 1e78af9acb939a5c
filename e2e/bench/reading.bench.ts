import { join } from 'node:path';
import { EVERYTHING, SORT_KEYS, type VideoQuery } from '../../src/shared/video-query';
import { test } from '../fixtures/test';
import { VitrineApp } from '../fixtures/vitrine-app';
import { timeRowsById } from './baselines/rows-by-id';
import { fillLibrary } from './huge-library';
import { addDetails } from './library-details';
import { facetTimes } from './measure/facet-times';
import { type PageTime, pageTimeOf, withReaders, withWindow } from './measure/page-times';
import { figure, spread, type Table } from './report/markdown';
import { report } from './report/section';
import { spreadOf } from './report/statistics';
import { SCALE } from './scale';

const PAGE = 200;
const BASELINE_TIMES = 21;
/** Pages from all over a list, in each round. */
const PLACES = 3;
/** Of each kind another one in each round: the app keeps what it found for the last few. */
const SEARCHES = [
  ['harbour', 'concert', 'holiday'],
  ['wedding 7', 'birthday 3', 'match 5'],
  ['drone 123', 'interview 234', 'harbour 345'],
  ['no such words', 'not to find', 'never here'],
  ['codec:hevc resolution:4k', 'codec:vp9 resolution:hd', 'codec:av1 duration:>10m'],
  ['tag:sea rating:>=4', 'tag:city has:note', 'tag:work is:favourite'],
  ['(harbour or drone) -wedding', '(match or concert) size:>1gb', '(sea or city) language:de'],
  ['is:duplicate', 'is:duplicate tag:sea', 'is:duplicate recorded:2010'],
];

interface Times {
  first: number[];
  again: number[];
  anywhere: number[];
}

interface Measured {
  name: string;
  /** Null where the app cannot do it. */
  times: Times | null;
}

for (const rows of SCALE.readingRows) {
  test(`Reading from ${figure(rows)} rows`, async ({ place }, info) => {
    const first = await VitrineApp.launch(place);
    await first.ask('library.summary', {});
    await first.close();
    const path = join(place.library, 'library.sqlite');
    fillLibrary(path, rows);
    addDetails(path);
    const baseline = timeRowsById(path, { rows, pageSize: PAGE, times: BASELINE_TIMES });
    const inLibrary = await withReaders(path, async (readers) => ({
      pages: await timePages(pageTimeOf(readers), rows),
      facets: await facetTimes(readers),
    }));
    const inWindow = await withWindow(place, (time) => timePages(time, rows));
    const facets = {
      name: 'all facets, two filters',
      times: inLibrary.facets && { ...inLibrary.facets, anywhere: [] },
    };
    await report(
      info,
      [
        readingTable('In the library process, ms', [...inLibrary.pages, facets], baseline),
        readingTable('From the window, ms', inWindow, baseline),
      ],
      [
        `Pages of ${PAGE} videos. “First” is a page of a list that nobody has asked for lately, “again” the same page once more, “anywhere” one from the middle of the list. Ratios are of medians, anywhere (else again), against the baseline: ${PAGE} rows by their numbers, by SQLite alone, ${spread(baseline)} ms.`,
      ],
    );
  });
}

/** Times every query in each round. */
async function timePages(time: PageTime, rows: number): Promise<Measured[]> {
  const queries = allQueries();
  const measured = queries.map(({ name }) => ({
    name,
    times: { first: [], again: [], anywhere: [] } as Times,
  }));
  for (let round = 0; round < SCALE.rounds; round += 1) {
    for (const [index, { queries: ofRounds, search }] of queries.entries()) {
      const query = ofRounds[round % ofRounds.length] as VideoQuery;
      const { first, again, anywhere } = (measured[index] as (typeof measured)[number]).times;
      first.push(await time(query, 0, PAGE));
      again.push(await time(query, 0, PAGE));
      if (search) continue;
      for (let place = 1; place <= PLACES; place += 1) {
        const at = (rows * (place * SCALE.rounds + round)) / ((PLACES + 1) * SCALE.rounds + 1);
        anywhere.push(await time(query, Math.floor(at), PAGE));
      }
    }
  }
  return measured;
}

function readingTable(
  title: string,
  measured: readonly Measured[],
  baseline: readonly number[],
): Table {
  const floor = spreadOf(baseline).median;
  return {
    header: [title, 'first', 'again', 'anywhere', 'against the baseline'],
    rows: measured.map(({ name, times }) => {
      if (times === null) return [name, 'not built'];
      const { first, again, anywhere } = times;
      const hasPlaces = anywhere.length > 0;
      const usual = spreadOf(hasPlaces ? anywhere : again).median;
      return [
        name,
        spread(first),
        spread(again),
        hasPlaces ? spread(anywhere) : '',
        `${figure(usual / floor)} ×`,
      ];
    }),
  };
}

/**
 * Every order in both directions, and searches, which follow the order that they are shown in: a person who searches has
 * just seen it.
 */
function allQueries(): { name: string; queries: VideoQuery[]; search: boolean }[] {
  const searches = SEARCHES.map((texts) => ({
    name: `search: ${texts.join(', ')}`,
    queries: texts.map((search) => ({ ...EVERYTHING, search })),
    search: true,
  }));
  return SORT_KEYS.flatMap((sort) => [
    ...[false, true].map((descending) => ({
      name: `${sort}${descending ? ', descending' : ''}`,
      queries: [{ ...EVERYTHING, sort, descending }],
      search: false,
    })),
    ...(sort === EVERYTHING.sort ? searches : []),
  ]);
}
