import { join } from 'node:path';
import type { Selection } from '../../src/shared/edit';
import { EVERYTHING } from '../../src/shared/video-query';
import { test } from '../fixtures/test';
import { VitrineApp } from '../fixtures/vitrine-app';
import { fillLibrary } from './huge-library';
import { type EditTimes, timeEdits } from './measure/edit-times';
import { watchEventLoop } from './measure/event-loop';
import { figure, spread } from './report/markdown';
import { report } from './report/section';
import { percentile } from './report/statistics';
import { SCALE } from './scale';

const SOME = 10_000;
/** Rounds of edits are short. */
const ROUNDS = SCALE.rounds * 3;

for (const rows of SCALE.editedRows) {
  test(`Editing among ${figure(rows)} rows`, async ({ place }, info) => {
    const first = await VitrineApp.launch(place);
    await first.ask('library.summary', {});
    await first.close();
    fillLibrary(join(place.library, 'library.sqlite'), rows);
    const app = await VitrineApp.launch(place, { checkResponses: false });
    const measured: { name: string; times: EditTimes[] }[] = [];
    const gaps = await watchEventLoop(app.electron);
    for (const { name, selection } of selectionsOf(rows)) {
      const times: EditTimes[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        times.push(await timeEdits(app.page, selection, `${name} ${round}`));
      }
      measured.push({ name, times });
    }
    const { maxMs } = await gaps();
    await app.close();
    await report(
      info,
      [
        {
          header: [
            'From the window, ms',
            'tag',
            'undo',
            'redo',
            'in common',
            'another write, p99',
            'worst',
          ],
          rows: measured.map(({ name, times }) => {
            const others = times.flatMap((one) => one.others);
            return [
              name,
              spread(times.map(({ edit }) => edit)),
              spread(times.map(({ undo }) => undo)),
              spread(times.map(({ redo }) => redo)),
              spread(times.map(({ common }) => common)),
              figure(percentile(others, 99)),
              figure(Math.max(...others)),
            ];
          }),
        },
      ],
      [
        `Until all of the edit is in effect and on disk. “Another write” is a small one, asked for again and again while tags are written, undone and redone. The event loop of the main process stood still for ${figure(maxMs)} ms at most.`,
      ],
    );
  });
}

function selectionsOf(rows: number): { name: string; selection: Selection }[] {
  const apart = Math.floor(rows / SOME) || 1;
  const ids = Array.from({ length: Math.min(rows, SOME) }, (_, index) => 1 + index * apart);
  return [
    { name: 'one video', selection: { ids: [1] } },
    { name: `${figure(ids.length)} videos`, selection: { ids } },
    { name: 'all but one', selection: { query: EVERYTHING, except: [1] } },
  ];
}
