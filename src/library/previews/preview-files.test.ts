import { existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewFile } from '../../shared/preview';
import { libraryFixture } from '../testing/library-fixture';
import { cachedTokens, putPoster } from '../testing/preview-fixture';
import { PreviewWorld } from '../testing/preview-world';

const { temporaryFolder } = libraryFixture();
const TOKEN = '0123456789abcdef'.repeat(2);

/** A library with one preview, and the path of a file in its cache. */
async function world() {
  const world = new PreviewWorld(temporaryFolder());
  const videoId = world.addVideo(1, 'x');
  await world.write(() => world.make(videoId, 10));
  await world.write(() => world.make(videoId, 10));
  const [token = ''] = world.tokens();
  const path = (...names: string[]) => join(world.directory, 'previews', ...names);
  return { world, videoId, token, path };
}

async function sweep({ files }: PreviewWorld): Promise<number[]> {
  const lost: number[] = [];
  for await (const previews of files.sweep()) lost.push(...previews.map(({ id }) => id));
  return lost;
}

/** A file that was written so many minutes ago. */
function put({ now }: PreviewWorld, path: string, minutes: number): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'image');
  const time = new Date(now - minutes * 60_000);
  utimesSync(path, time, time);
  return path;
}

describe('a sweep of the cache', () => {
  it('deletes what no row knows, unless it may be on its way', async () => {
    const { world: library, token, path } = await world();
    const old = put(library, path(previewFile(TOKEN, 'poster')), 11);
    const unfinished = put(library, path('01', `${TOKEN}.filmstrip.webp.part`), 11);
    const young = put(library, path(previewFile(TOKEN, 'filmstrip')), 9);
    const foreign = put(library, path('01', 'holiday.webp'), 11);
    expect(await sweep(library)).toEqual([]);
    expect([old, unfinished, young, foreign].map(existsSync)).toEqual([false, false, true, true]);
    expect(cachedTokens(library)).toContain(token);
  });

  it.each(['poster', 'filmstrip'] as const)('tells which previews lost their %s', async (image) => {
    const { world: library, token, path } = await world();
    expect(await sweep(library)).toEqual([]);
    rmSync(path(previewFile(token, image)));
    const [lost = 0, ...others] = await sweep(library);
    expect(others).toEqual([]);
    await library.write(() => void [...library.cache.drop([{ id: lost }])]);
    expect(library.tokens()).toEqual([]);
    expect(cachedTokens(library)).toEqual([]);
    expect(library.all('SELECT id FROM videos WHERE previews_due > 0')).toHaveLength(1);
  });

  it('tells of all of them when the whole cache is gone', async () => {
    const { world: library } = await world();
    rmSync(join(library.directory, 'previews'), { recursive: true });
    expect(await sweep(library)).toHaveLength(1);
  });

  it('does not follow links', async () => {
    const { world: library, path } = await world();
    const outside = temporaryFolder();
    const image = put(library, join(outside, `${TOKEN}.poster.webp`), 11);
    rmSync(path('01'), { recursive: true, force: true });
    symlinkSync(outside, path('01'));
    await sweep(library);
    expect(existsSync(image)).toBe(true);
  });
});

describe('a deletion', () => {
  it('spares what a transaction deleted that was rolled back', async () => {
    const { world: library, token } = await world();
    const failing = library.write(() => {
      library.database.exec('DELETE FROM previews');
      throw new Error('The disk is full.');
    });
    await expect(failing).rejects.toThrow('full');
    library.files.deleteGone();
    await library.files.idle();
    expect(cachedTokens(library)).toEqual([token]);
  });

  it('takes images of which no row was made', async () => {
    const { world: library, token } = await world();
    library.files.discard(putPoster(library).token);
    library.files.discard(token);
    await library.files.idle();
    expect(cachedTokens(library)).toEqual([token]);
  });
});
