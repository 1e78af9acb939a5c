import { PREVIEW_IMAGES, previewFile } from '../src/shared/preview';
import { differentClips } from './fixtures/different-clips';
import { damageOf, type LibraryDatabase, withLibraryFile } from './fixtures/library-file';
import { allPreviewed, cachedFiles } from './fixtures/preview-cache';
import { processesWith, survivors } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

const CLIPS = 60;
/** Images that are there when it happens, and to whom. */
const KILLS = [
  [5, 'media'],
  [20, 'library'],
  [40, 'app'],
  [65, 'library'],
  [80, 'app'],
  [100, 'media'],
] as const;

test.skip(process.platform !== 'linux', 'processes are looked up in /proc');

test('previews live through killed processes: none is lost, none is made in vain', async ({
  place,
}) => {
  const folder = await differentClips(place, CLIPS);
  const open = () => VitrineApp.launch(place, { previews: true });
  let app = await open();
  await app.ask('settings.change', { previewShare: 'low' });
  await app.addFolder(folder);
  for (const [images, victim] of KILLS) {
    const current = app;
    await app.waitFor(async () => (await imageCount(current)) >= images || undefined);
    if (victim === 'app') {
      await app.kill();
      expect(await survivors(() => processesWith(place.folder), 10_000)).toEqual([]);
      app = await open();
    } else process.kill(await app.processId(victim), 'SIGKILL');
  }
  const videos = await allPreviewed(app);
  expect(videos.size).toBe(CLIPS);
  const tokens = [...videos.values()].map(({ preview }) => preview?.poster);
  expect(new Set(tokens).size).toBe(CLIPS);
  await app.close();
  expect(await survivors(() => processesWith(place.folder), 10_000)).toEqual([]);
  expect(withLibraryFile(place.library, damageOf)).toEqual([]);
  const known = withLibraryFile(place.library, tokensOf);
  expect(known.sort()).toEqual(tokens.sort());
  const files = new Set(cachedFiles(place));
  for (const token of known) {
    for (const image of PREVIEW_IMAGES) expect(files).toContain(previewFile(token, image).slice(3));
  }
});

/** Images that the library shows; none while it is being started again. */
async function imageCount(app: VitrineApp): Promise<number> {
  const answer = await app.call('library.status', {});
  if (!answer.ok || answer.value.state !== 'open') return 0;
  try {
    const videos = await app.videos();
    return videos.reduce(
      (sum, { preview }) => sum + (preview ? 1 : 0) + (preview?.filmstrip ? 1 : 0),
      0,
    );
  } catch {
    return 0;
  }
}

function tokensOf(database: LibraryDatabase): string[] {
  return database.prepare<[], string>('SELECT token FROM previews').pluck().all();
}
