import { join } from 'node:path';
import type { TestInfo } from 'playwright/test';
import { SORT_KEYS, type VideoQuery } from '../../src/shared/video-query';
import { test } from '../fixtures/test';
import { VitrineApp } from '../fixtures/vitrine-app';
import { fillLibrary } from './huge-library';
import { median, table } from './measure';

const ROWS = Number(process.env['VITRINE_BENCH_ROWS'] ?? 200_000);
const PAGE = 200;
const ROUNDS = 5;

const all: VideoQuery = { scope: { type: 'all' }, search: '', sort: 'name', descending: false };

/** Milliseconds of one page, measured in the window from the call to its promise. */
function pageTime(app: VitrineApp, query: VideoQuery, index: number): Promise<number> {
  return app.page.evaluate(
    async ([wanted, at, limit]) => {
      const startedAt = performance.now();
      const answer = await window.vitrine.videos.page({ query: wanted, index: at, limit });
      if (!answer.ok) throw new Error(answer.error.message);
      return performance.now() - startedAt;
    },
    [query, index, PAGE] as const,
  );
}

async function times(app: VitrineApp, query: VideoQuery, place: (round: number) => number) {
  const measured: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    measured.push(await pageTime(app, query, place(round)));
  }
  return measured;
}

const show = (value: number) => value.toFixed(1);

test(`pages of ${PAGE} from ${ROWS} rows`, async ({ place }, info: TestInfo) => {
  const first = await VitrineApp.launch(place);
  await first.ask('library.summary', {});
  await first.close();
  fillLibrary(join(place.library, 'library.sqlite'), ROWS);
  const app = await VitrineApp.launch(place);
  await app.ask('library.summary', {});
  const rows = [['order or search', 'first page ms', 'again ms', 'anywhere ms']];
  for (const sort of SORT_KEYS) {
    for (const descending of [false, true]) {
      const query = { ...all, sort, descending };
      const cold = await pageTime(app, query, 0);
      const again = await times(app, query, () => 0);
      const anywhere = await times(app, query, (round) => Math.floor((ROWS / 7) * (round + 1)));
      const name = `${sort}${descending ? ', descending' : ''}`;
      rows.push([name, show(cold), show(median(again)), show(median(anywhere))]);
    }
  }
  for (const search of ['harbour', 'wedding 7', 'drone 123456', 'no such words']) {
    const query = { ...all, search };
    const cold = await pageTime(app, query, 0);
    rows.push([
      `search: ${search}`,
      show(cold),
      show(median(await times(app, query, () => 0))),
      '',
    ]);
  }
  await info.attach('figures', { body: table(rows), contentType: 'text/plain' });
  await app.close();
});
