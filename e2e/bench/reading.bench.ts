import { join } from 'node:path';
import { EVERYTHING, SORT_KEYS, type VideoQuery } from '../../src/shared/video-query';
import { test } from '../fixtures/test';
import { VitrineApp } from '../fixtures/vitrine-app';
import { timeRowsById } from './baselines/rows-by-id';
import { fillLibrary } from './huge-library';
import { type PageTime, withReader, withWindow } from './measure/page-times';
import { figure, spread, type Table } from './report/markdown';
import { report } from './report/section';
import { spreadOf } from './report/statistics';
import { SCALE } from './scale';

const PAGE = 200;
const BASELINE_TIMES = 21;
/** Pages from all over a list, in each round. */
const PLACES = 3;
const SEARCHES = ['harbour', 'wedding 7', 'drone 123', 'no such words'];

interface Times {
  first: number[];
  again: number[];
  anywhere: number[];
}

for (const rows of SCALE.readingRows) {
  test(`Reading from ${figure(rows)} rows`, async ({ place }, info) => {
    const first = await VitrineApp.launch(place);
    await first.ask('library.summary', {});
    await first.close();
    const path = join(place.library, 'library.sqlite');
    fillLibrary(path, rows);
    const baseline = timeRowsById(path, { rows, pageSize: PAGE, times: BASELINE_TIMES });
    const table = (title: string) => (time: PageTime) => readingTable(title, time, rows, baseline);
    await report(
      info,
      [
        await withReader(path, table('In the library process, ms')),
        await withWindow(place, table('From the window, ms')),
      ],
      [
        `Pages of ${PAGE} videos. “First” is a page of a list that nobody has asked for lately, “again” the same page once more, “anywhere” one from the middle of the list. Ratios are of medians, anywhere (searches: again) against the baseline: ${PAGE} rows by their numbers, by SQLite alone, ${spread(baseline)} ms.`,
      ],
    );
  });
}

async function readingTable(
  title: string,
  time: PageTime,
  rows: number,
  baseline: readonly number[],
): Promise<Table> {
  const queries = allQueries();
  const times = queries.map((): Times => ({ first: [], again: [], anywhere: [] }));
  for (let round = 0; round < SCALE.rounds; round += 1) {
    for (const [index, { query, search }] of queries.entries()) {
      const { first, again, anywhere } = times[index] as Times;
      first.push(await time(query, 0, PAGE));
      again.push(await time(query, 0, PAGE));
      if (search) continue;
      for (let place = 1; place <= PLACES; place += 1) {
        const at = (rows * (place * SCALE.rounds + round)) / ((PLACES + 1) * SCALE.rounds + 1);
        anywhere.push(await time(query, Math.floor(at), PAGE));
      }
    }
  }
  const floor = spreadOf(baseline).median;
  return {
    header: [title, 'first', 'again', 'anywhere', 'against the baseline'],
    rows: queries.map(({ name }, index) => {
      const { first, again, anywhere } = times[index] as Times;
      const usual = anywhere.length > 0 ? anywhere : again;
      const ratio = `${figure(spreadOf(usual).median / floor)} ×`;
      return [
        name,
        spread(first),
        spread(again),
        anywhere.length > 0 ? spread(anywhere) : '',
        ratio,
      ];
    }),
  };
}

/** Every order in both directions, then searches: more than are kept, so that each is new again in the next round. */
function allQueries(): { name: string; query: VideoQuery; search: boolean }[] {
  const orders = SORT_KEYS.flatMap((sort) =>
    [false, true].map((descending) => ({
      name: `${sort}${descending ? ', descending' : ''}`,
      query: { ...EVERYTHING, sort, descending },
      search: false,
    })),
  );
  const searches = SEARCHES.map((search) => ({
    name: `search: ${search}`,
    query: { ...EVERYTHING, search },
    search: true,
  }));
  return [...orders, ...searches];
}
