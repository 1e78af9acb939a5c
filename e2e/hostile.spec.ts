import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { clip } from './fixtures/clips';
import { boundElectron } from './fixtures/command-line';
import { withComment } from './fixtures/hostile/damaged-clips';
import { type Fate, hostileFolder } from './fixtures/hostile/hostile-folder';
import { loopbackServer } from './fixtures/hostile/references';
import { probesOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

test.skip(process.platform !== 'linux', 'Only Linux has all of these files.');

/** Words in the metadata of a film that hostile files point to. They must not be found anywhere afterwards. */
const PRIVATE_WORDS = 'wedding of a spy';

/** Whatever the library keeps of probes and problems, as text. */
function keptTexts(library: string): string {
  const database = new Database(join(library, 'library.sqlite'), { readonly: true });
  const probes = database.prepare<[], { json: Buffer }>('SELECT json_deflated AS json FROM probes');
  const tables = ['problems', 'streams', 'video_details'].map((table) =>
    JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all()),
  );
  const texts = [...tables, ...probes.all().map(({ json }) => inflateSync(json).toString())];
  database.close();
  return texts.join('\n');
}

function matches(fate: Fate, code: string | undefined): boolean {
  switch (fate) {
    case 'ok':
      return code === undefined;
    case 'unreadable':
      return code === 'NOT_MEDIA' || code === 'DAMAGED';
    case 'either':
      return code === undefined || matches('unreadable', code);
    default:
      return code === fate;
  }
}

test('a folder of everything that is hostile or odd is scanned to its end', async ({ place }) => {
  const folder = join(place.folder, 'clips');
  mkdirSync(folder);
  const secret = join(place.folder, 'secret.mp4');
  writeFileSync(secret, withComment(readFileSync(clip('mp4-h264-aac')), PRIVATE_WORDS));
  const server = await loopbackServer();
  const hostile = await hostileFolder(folder, { secret, address: server.address });
  const growing = join(folder, 'growing.mp4');
  writeFileSync(growing, readFileSync(clip('mp4-h264-aac')));
  const recorder = setInterval(() => appendFileSync(growing, 'more and more'), 20);
  try {
    const app = await VitrineApp.launch(place, { executablePath: boundElectron(place.folder) });
    const job = await app.scanned(folder);
    clearInterval(recorder);
    appendFileSync(growing, 'the end');
    expect(job).toMatchObject({ state: 'succeeded', progress: 1 });

    const videos = new Map(
      (await app.videos()).map((video) => [video.path.slice(folder.length + 1), video]),
    );
    const wrong = [...hostile.fates].flatMap(([path, fate]) => {
      const code = videos.get(path)?.problem?.code;
      return videos.has(path) && matches(fate, code) ? [] : [`${path}: ${code}, not ${fate}`];
    });
    expect(wrong).toEqual([]);
    expect([...videos.keys()].sort()).toEqual([...hostile.fates.keys(), 'growing.mp4'].sort());
    expect(videos.get('growing.mp4')?.problem).toBeNull();

    const { problems } = await app.ask('problems.list', { after: null, limit: 500 });
    const unreadable = [...videos.values()].filter(({ state }) => state === 'unreadable');
    expect(problems.map(({ path }) => path).sort()).toEqual(
      unreadable.map(({ path }) => path).sort(),
    );
    expect(job.result).toMatchObject({ discovered: videos.size, unreadable: problems.length });
    for (const { problem } of problems) expect(problem.message).not.toBe('');

    expect(server.requests).toEqual([]);
    expect(keptTexts(place.library)).not.toContain(PRIVATE_WORDS);
    expect(probesOf(folder)).toEqual([]);

    // Nothing of it is read again but what has changed.
    const again = await app.jobEnd((await app.ask('scan.start', { path: folder })).jobId);
    expect(again).toMatchObject({
      state: 'succeeded',
      result: { changed: 1, missing: 0, unreadable: problems.length },
    });
    const grown = (await app.videos()).find(({ name }) => name === 'growing.mp4');
    expect(grown?.sizeBytes).toBe(statSync(growing).size);

    await app.page.getByRole('button', { name: /^Problems/ }).click();
    await expect(app.page.getByText(problems[0]?.name ?? '').first()).toBeVisible();
    await app.close();
  } finally {
    clearInterval(recorder);
    await server.close();
    hostile.dispose();
  }
});
