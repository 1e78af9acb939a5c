import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { PreviewWorld } from '../testing/preview-world';
import { DueVideos } from './due-videos';
import { PreviewSession } from './preview-session';
import type { PreviewSinkOptions } from './preview-sink';
import { PreviewTasks } from './preview-tasks';

const VIDEOS = 200;
/** What it takes to look at one video, of a clock of the test's own: ten of them are a whole round. */
const LOOK_MS = 100;

it('what was skipped is not looked at again and again', () => {
  const directory = mkdtempSync(join(tmpdir(), 'vitrine-tasks-'));
  const world = new PreviewWorld(directory);
  onTestFinished(() => {
    world.database.close();
    rmSync(directory, { recursive: true });
  });
  for (let video = 0; video < VIDEOS; video++) world.addVideo(1, `content ${video}`);
  let now = 1_700_000_000_000;
  const look = world.rows.due.bind(world.rows);
  const looks = vi.spyOn(world.rows, 'due').mockImplementation((videoId) => {
    now += LOOK_MS;
    return look(videoId);
  });
  const { rows, cache, database } = world;
  const tasks = new PreviewTasks({
    ...{ rows, cache, due: new DueVideos(database), now: () => now, onScreen: () => [] },
    suspects: { handOut: () => undefined },
  } as unknown as PreviewSinkOptions);
  const session = new PreviewSession({
    ...{ jobId: 'job', runToken: 'run', jobRow: 1, startedAt: now, rootIds: [1], suspects: [] },
    checkpoint: { made: 0, shared: 0, failed: 0, posters: 0, filmstrips: 0, elapsedMs: 0 },
  });
  for (let taken = 0; ; taken++) {
    const [task] = endOf(tasks.take(session, 1)).tasks;
    if (!task) break;
    expect(taken).toBeLessThan(VIDEOS);
    const video = session.takeBack(task.videoId);
    if (video) session.skip(task.videoId, video);
  }
  expect(session.skippedIn('posters')).toBe(VIDEOS);
  expect(looks.mock.calls.length).toBeLessThan(5 * VIDEOS);
});

function endOf<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
