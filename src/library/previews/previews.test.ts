import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { previewFile } from '../../shared/preview';
import { ChangeSignal } from '../change-signal';
import { JobTable } from '../jobs';
import { openLibraryFile } from '../open';
import type { ReaderPool } from '../reader-pool';
import { RootPlaces } from '../root-places';
import { SettingsTable } from '../settings';
import { libraryFixture } from '../testing/library-fixture';
import { cachedTokens, putFilmstrip, putPoster } from '../testing/preview-fixture';
import { addRoots, addVideo } from '../testing/preview-world';
import { Writer } from '../writer';
import { PreviewRows } from './preview-rows';
import { Previews } from './previews';

const { temporaryFolder } = libraryFixture();
const LIMIT = 100_000_000;

/** The previews of a library with three videos, each of which shows something; the last one is in a root of its own. */
function openPreviews() {
  const directory = temporaryFolder();
  const { database, close } = openLibraryFile(directory, 'write');
  addRoots(database);
  let time = 1000;
  const now = () => time++;
  const rows = new PreviewRows(database, now);
  const tokens = [1, 1, 2].map((root, index) => {
    const videoId = addVideo(database, root, `film ${index}`);
    const made = putPoster({ directory }, LIMIT / 4);
    rows.keep(videoId, false, identityOf(rows, videoId), made);
    const filmstrip = putFilmstrip({ directory }, made.token, 0);
    rows.keep(videoId, false, identityOf(rows, videoId), filmstrip);
    rows.settle(videoId);
    return made.token;
  });
  const settings = new SettingsTable(database);
  const changes = new ChangeSignal(() => undefined);
  const writer = new Writer({ database, onCommit: () => previews.noteCommit() });
  const failures: unknown[] = [];
  const previews: Previews = new Previews({
    ...{ database, writer, changes, now, folder: join(directory, 'previews') },
    jobs: new JobTable(database, now),
    places: new RootPlaces(database, now),
    // Only runs of jobs ask one.
    readers: null as unknown as ReaderPool,
    settings: () => settings.get(),
    onScreen: () => [],
    onFailure: (thrown) => failures.push(thrown),
  });
  onTestFinished(async () => {
    previews.finish();
    await writer.close();
    await previews.end();
    changes.close();
    close();
    expect(failures).toEqual([]);
  });
  const dueVideos = () =>
    database.prepare('SELECT id FROM videos WHERE previews_due > 0').pluck().all();
  return { directory, database, settings, writer, previews, tokens, dueVideos };
}

function identityOf(rows: PreviewRows, videoId: number) {
  const identity = rows.identity(videoId);
  if (!identity) throw new Error(`There is no video ${videoId}.`);
  return identity;
}

describe('a sweep', () => {
  it('makes previews due whose files are not there', async () => {
    const { directory, previews, tokens, dueVideos } = openPreviews();
    rmSync(join(directory, 'previews', previewFile(tokens[1] ?? '', 'filmstrip')));
    await previews.sweep();
    expect(dueVideos()).toEqual([2]);
    await expect.poll(() => cachedTokens({ directory })).toEqual([tokens[0], tokens[2]].sort());
  });

  it('does what an earlier session has left: removed roots, a lower limit', async () => {
    const { directory, database, settings, previews, tokens, dueVideos } = openPreviews();
    database.exec('UPDATE roots SET removed_at = 1 WHERE id = 2');
    settings.change({ previewCacheBytes: LIMIT });
    await previews.sweep();
    expect(dueVideos()).toEqual([3]);
    database.exec('UPDATE previews SET bytes = 3 * bytes');
    await previews.sweep();
    expect(dueVideos()).toEqual([1, 3]);
    await expect.poll(() => cachedTokens({ directory })).toEqual([tokens[1]]);
  });
});

describe('a look at a picture', () => {
  it('is written at the latest when the library is closed', () => {
    const { database, previews, tokens } = openPreviews();
    const oldest = database
      .prepare<[], string>('SELECT token FROM previews ORDER BY used_at LIMIT 1')
      .pluck();
    expect(oldest.get()).toBe(tokens[0]);
    previews.touch([tokens[0] ?? '']);
    expect(oldest.get()).toBe(tokens[0]);
    previews.finish();
    expect(oldest.get()).toBe(tokens[1]);
  });
});
