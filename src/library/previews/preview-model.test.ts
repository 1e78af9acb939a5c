import fc from 'fast-check';
import { expect, it } from 'vitest';
import { libraryFixture } from '../testing/library-fixture';
import { cachedTokens } from '../testing/preview-fixture';
import { PreviewWorld } from '../testing/preview-world';
import { UserData } from '../user-data';
import { FORGET_PREVIEWS } from './forget-previews';
import { dropPreviewsOfRemovedRoots } from './removed-roots';

const { temporaryFolder } = libraryFixture();
const RUNS = 100;

/** What happens to previews; `pick` is one of the videos that there are. */
const pick = fc.nat(20);
const operation = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('make' as const), pick, bytes: fc.nat(50) }),
  },
  fc.record({
    type: fc.constant('add' as const),
    root: fc.constantFrom(1, 2),
    content: fc.constantFrom('', 'x', 'y'),
  }),
  fc.record({
    type: fc.constantFrom('change', 'delete', 'fail', 'remake', 'choose', 'look', 'see'),
    pick,
  }),
  fc.record({ type: fc.constant('limit' as const), limit: fc.integer({ min: 20, max: 200 }) }),
  fc.record({ type: fc.constantFrom('clear', 'remove root', 'add root', 'roll back') }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

function run(steps: Generator<void, void>): void {
  while (!steps.next().done);
}

function apply(world: PreviewWorld, step: Operation): void {
  const { database, rows, cache } = world;
  const ids = world.all<{ id: number }>('SELECT id FROM videos ORDER BY id').map(({ id }) => id);
  const id = 'pick' in step ? (ids[step.pick % ids.length] ?? 0) : 0;
  switch (step.type) {
    case 'make':
      world.make(id, step.bytes);
      run(cache.trim());
      break;
    case 'add':
      world.addVideo(step.root, step.content, 1 + (ids.length % 2));
      break;
    case 'change':
      database.prepare(FORGET_PREVIEWS).run({ videoId: id });
      database
        .prepare('UPDATE videos SET mtime_ms = mtime_ms + 1, previews_due = 2 WHERE id = ?')
        .run(id);
      break;
    case 'delete':
      database.prepare('DELETE FROM videos WHERE id = ?').run(id);
      break;
    case 'fail':
      if (rows.due(id)?.needsPreview) {
        rows.fail(id, { kind: 'poster', atSeconds: null }, 'black');
      }
      break;
    case 'remake':
      rows.remake(id);
      break;
    case 'choose':
      if (id > 0) new UserData(database).setPoster(id, step.pick * 1000, 1);
      rows.dropPoster(id);
      break;
    case 'look':
      cache.touch(world.tokens().slice(0, 1));
      break;
    case 'see':
      world.onScreen = [id];
      break;
    case 'limit':
      world.limit = step.limit;
      run(cache.trim());
      break;
    case 'clear':
      run(cache.clear());
      break;
    case 'remove root':
      database.exec('UPDATE roots SET removed_at = 1 WHERE id = 2');
      run(dropPreviewsOfRemovedRoots(database));
      break;
    case 'add root':
      database.exec('UPDATE roots SET removed_at = NULL');
      break;
    case 'roll back':
      database.exec('SAVEPOINT work; DELETE FROM previews; ROLLBACK TO work; RELEASE work');
      break;
  }
}

/** What has to hold whatever happened. */
function expectSound(world: PreviewWorld): void {
  expect(cachedTokens(world)).toEqual(world.tokens());
  const sums = world.all('SELECT ifnull(sum(bytes), 0) AS bytes, count(*) AS count FROM previews');
  expect([world.cache.totals()]).toEqual(sums);
  expect(world.cache.totals().bytes).toBeLessThanOrEqual(world.limit);
  const unshown = `SELECT id FROM previews WHERE id NOT IN (
    SELECT preview_id FROM video_previews WHERE preview_id IS NOT NULL
    UNION ALL SELECT poster_id FROM video_previews WHERE poster_id IS NOT NULL)`;
  expect(world.all(unshown)).toEqual([]);
  const forgotten = `SELECT v.id FROM videos v LEFT JOIN video_previews p ON p.video_id = v.id
      LEFT JOIN previews m ON m.id = p.preview_id LEFT JOIN user_data u ON u.video_id = v.id
    WHERE (v.previews_due < 2 AND ((p.preview_id IS NULL AND p.problem IS NULL)
        OR (u.poster_at_us IS NOT NULL AND p.poster_id IS NULL AND ifnull(p.poster_failed, 0) = 0)))
      OR (v.previews_due = 0 AND m.filmstrip_due = 1)`;
  expect(world.all(forgotten)).toEqual([]);
  const foreign = `SELECT v.id FROM videos v JOIN video_previews p ON p.video_id = v.id
      JOIN previews m ON m.id = p.preview_id
    WHERE m.content_hash <> v.content_hash OR (p.edited = 1 AND m.mtime_ms <> v.mtime_ms)`;
  expect(world.all(foreign)).toEqual([]);
}

it('keeps files, rows and what is due in agreement, whatever happens', {
  timeout: RUNS * 1000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 40, size: 'max' }), async (program) => {
      const world = new PreviewWorld(temporaryFolder());
      for (const step of program) {
        await world.write(() => apply(world, step));
        expectSound(world);
      }
      world.database.close();
    }),
    { numRuns: RUNS },
  );
});
