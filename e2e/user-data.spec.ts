import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING } from '../src/shared/video-query';
import { folderOf } from './fixtures/clips';
import { runCli } from './fixtures/command-line';
import { expect, test } from './fixtures/test';

const EVERY_VIDEO = { query: EVERYTHING, except: [] };

test('what the window edits is undone, redone, exported, and imported while the app has the library', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'beach.mp4': 'mp4-h264-aac',
    'portrait.mov': 'mov-h264-rotated',
  });
  const library = ['--library', place.library];
  const scan = await runCli(['scan', folder, ...library]);
  expect(scan.code).toBe(0);

  const tagged = await app.ask('userData.edit', {
    command: { type: 'addTags', selection: EVERY_VIDEO, tags: ['holiday'] },
  });
  expect(tagged.history.undo?.description).toEqual({
    ...{ type: 'addTags', videos: 2, tags: ['holiday'] },
  });
  await app.ask('userData.edit', {
    command: { type: 'rate', selection: EVERY_VIDEO, rating: 4 },
  });
  expect(await app.ask('userData.common', { selection: EVERY_VIDEO })).toMatchObject({
    videos: 2,
    rating: { kind: 'common', value: 4 },
    tags: [{ name: 'holiday', videos: 2 }],
  });

  const exported = await runCli(['export', '--format', 'user-data', ...library]);
  expect(exported.code).toBe(0);
  expect(JSON.parse(exported.stdout)).toMatchObject({
    version: 1,
    tags: [{ name: 'holiday', colour: null }],
    videos: [
      { root: folder, rating: 4, tags: ['holiday'] },
      { root: folder, rating: 4, tags: ['holiday'] },
    ],
  });

  for (let step = 0; step < 2; step += 1) {
    const { undo } = await app.ask('history.get', {});
    await app.ask('history.undo', { editId: undo?.editId ?? 0 });
  }
  expect(await app.ask('tags.list', {})).toEqual({ tags: [] });

  const file = join(place.folder, 'user data.json');
  writeFileSync(file, exported.stdout);
  const imported = await runCli(['import', file, ...library, '--json']);
  expect(imported.objects).toEqual([
    {
      ...{ type: 'imported', editId: expect.any(Number), matched: 2, matchedByContent: 0 },
      ...{ unmatched: 0, kept: 0 },
    },
  ]);
  const again = await runCli(['export', '--format', 'user-data', ...library]);
  const { exportedAt: _before, ...before } = JSON.parse(exported.stdout);
  const { exportedAt: _after, ...after } = JSON.parse(again.stdout);
  expect(after).toEqual(before);
});

test('user data is imported into a library that nobody has open, and a wrong file is refused', async ({
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'beach.mp4': 'mp4-h264-aac' });
  const library = ['--library', place.library];
  await runCli(['scan', folder, ...library]);
  const exported = await runCli(['export', '--format', 'user-data', ...library]);
  const listed = await runCli(['list', ...library, '--json']);
  const sizeBytes = listed.objects[0]?.['sizeBytes'];
  const file = join(place.folder, 'user data.json');
  const videos = [{ root: folder, path: 'beach.mp4', sizeBytes, contentHash: null, rating: 5 }];
  writeFileSync(file, JSON.stringify({ ...JSON.parse(exported.stdout), videos }));
  const imported = await runCli(['import', file, ...library]);
  expect(imported).toMatchObject({ code: 0, stdout: '1 of 1 videos were found.\n' });
  const shown = await runCli(['show', join(folder, 'beach.mp4'), ...library, '--json']);
  expect(shown.objects[0]).toMatchObject({ rating: 5 });

  writeFileSync(file, '{}');
  const refused = await runCli(['import', file, ...library]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('IMPORT_INVALID');
});
