import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { openWriterConnection } from './connection';
import { FirstAnswers } from './first-answers';
import { libraryFixture } from './testing/library-fixture';
import { scanDisk } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

function answered<T>(answer: Promise<T> | null): Promise<T> {
  if (!answer) throw new Error('It was left to a thread.');
  return answer;
}

it('what a window asks first is answered without a thread, and nothing else', async () => {
  const library = await openLibrary();
  await scanDisk(library, { 'b.mp4': {}, 'a/c.mp4': {}, 'a/broken.mp4': {} });
  const database = openWriterConnection(join(library.directory, 'library.sqlite'));
  const answers = new FirstAnswers(database, Date.now);
  const page = { query: EVERYTHING, index: 1, limit: 10 };
  const { videos, total } = await answered(answers.answer('pageVideos', page));
  expect([total, ...videos.map(({ name }) => name)]).toEqual([3, 'broken.mp4', 'c.mp4']);
  const { counts, roots } = await answered(answers.answer('summary', null));
  expect(counts).toMatchObject({ all: 3, problems: 1 });
  const [root] = await answered(answers.answer('watchableRoots', null));
  expect(root?.rootId).toBe(roots[0]?.rootId);
  const searched = { ...page, query: { ...EVERYTHING, search: 'a' } };
  expect(answers.answer('pageVideos', searched)).toBeNull();
  expect(answers.answer('getVideo', { id: 1 })).toBeNull();
  database.close();
});
