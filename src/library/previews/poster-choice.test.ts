import { describe, expect, it } from 'vitest';
import { libraryFixture, type TestLibrary } from '../testing/library-fixture';
import {
  cachedTokens,
  claimPreviews,
  complete,
  madeOf,
  makePreviews,
  previewSteps,
  reportOf,
  scanFilms,
} from '../testing/preview-fixture';
import { type Disk, detail } from '../testing/scan-fixture';

const { openLibrary } = libraryFixture();

async function libraryWith(disk: Disk = { 'a.mp4': {} }) {
  const library = await openLibrary();
  await scanFilms(library, disk);
  const { id } = await detail(library, 'a.mp4');
  const choose = (atSeconds: number | null) => library.library.call('setPoster', { id, atSeconds });
  return { library, id, choose };
}

async function begun(library: TestLibrary) {
  const steps = previewSteps(library, await claimPreviews(library));
  await steps.begin();
  return steps;
}

describe('a poster of the person’s choice', () => {
  it('is made after Vitrine’s own, and stands for the video instead of its own', async () => {
    const { library, choose } = await libraryWith();
    await choose(7.25);
    const steps = await begun(library);
    const [preview] = (await steps.take()).tasks;
    expect(preview).toMatchObject({ work: { kind: 'poster', atSeconds: null } });
    if (!preview) throw new Error('There was no task.');
    await steps.write(madeOf(library, preview));
    const [poster] = (await steps.take()).tasks;
    expect(poster).toMatchObject({ work: { kind: 'poster', atSeconds: 7.25 } });
    if (!poster) throw new Error('There was no task.');
    const counts = await steps.write(madeOf(library, poster));
    expect(counts).toEqual({ phase: 'filmstrips', done: 0, total: 1, problems: 0 });
    expect((await complete(library, steps)).result).toMatchObject({ made: 1 });
    const { preview: shown, posterSeconds } = await detail(library, 'a.mp4');
    expect(posterSeconds).toBe(7.25);
    expect(shown?.poster).not.toBe(shown?.filmstrip);
    expect(cachedTokens(library)).toEqual([shown?.poster, shown?.filmstrip].sort());
  });

  it('is due at once where the preview is there, and goes with its image when it is taken back', async () => {
    const { library, choose } = await libraryWith();
    await makePreviews(library);
    const { preview: before } = await detail(library, 'a.mp4');
    await choose(3);
    expect((await makePreviews(library)).result).toMatchObject({ made: 1 });
    await choose(null);
    const after = await detail(library, 'a.mp4');
    expect(after).toMatchObject({ posterSeconds: null, preview: before });
    await expect.poll(() => cachedTokens(library)).toEqual([before?.poster]);
    expect((await makePreviews(library)).paths).toEqual([]);
  });

  it('is made as it was chosen last', async () => {
    const { library, choose } = await libraryWith();
    await makePreviews(library);
    await choose(3);
    const steps = await begun(library);
    const [old] = (await steps.take()).tasks;
    if (!old) throw new Error('There was no task.');
    await choose(4);
    await steps.write(madeOf(library, old));
    const [task] = (await steps.take()).tasks;
    expect(task).toMatchObject({ work: { kind: 'poster', atSeconds: 4 } });
    if (!task) throw new Error('There was no task.');
    await steps.write(madeOf(library, task));
    expect(await steps.finish()).toMatchObject({ made: 1, skipped: 0 });
    await expect.poll(() => cachedTokens(library)).toHaveLength(2);
  });

  it('stays when the file changes, and its image is made anew', async () => {
    const { library, choose } = await libraryWith();
    await choose(3);
    await makePreviews(library);
    const { preview: before } = await detail(library, 'a.mp4');
    await scanFilms(library, { 'a.mp4': { sizeBytes: 77 } });
    expect(await detail(library, 'a.mp4')).toMatchObject({ posterSeconds: 3, preview: null });
    await makePreviews(library);
    const { preview: after } = await detail(library, 'a.mp4');
    expect(after?.poster).not.toBe(before?.poster);
    await expect
      .poll(() => cachedTokens(library))
      .toEqual([after?.poster, after?.filmstrip].sort());
  });

  it('that cannot be made is not tried again until another one is chosen', async () => {
    const { library, choose } = await libraryWith();
    await makePreviews(library);
    await choose(3000);
    const failed = { kind: 'failed', message: 'There is no such picture.' } as const;
    await makePreviews(library, (task) => reportOf(task, failed));
    expect(await library.library.call('submitPreviews', {})).toBeNull();
    expect(await detail(library, 'a.mp4')).toMatchObject({
      ...{ posterSeconds: 3000, previewProblem: null, preview: expect.anything() },
    });
    await choose(3);
    expect((await makePreviews(library)).result).toMatchObject({ made: 1 });
  });
});

describe('what the person leaves with a video', () => {
  it('is kept by scans, whatever becomes of the file', async () => {
    const { library, id, choose } = await libraryWith();
    await choose(3);
    await library.library.call('savePosition', { id, seconds: 61.5 });
    await scanFilms(library, { 'a.mp4': { sizeBytes: 77 } });
    const said = { posterSeconds: 3, positionSeconds: 61.5 };
    expect(await detail(library, 'a.mp4')).toMatchObject(said);
    await library.library.call('savePosition', { id, seconds: null });
    expect(await detail(library, 'a.mp4')).toMatchObject({ ...said, positionSeconds: null });
  });

  it('is refused for a video that is not there', async () => {
    const { library } = await libraryWith();
    const missing = { code: 'VIDEO_NOT_FOUND' };
    const poster = library.library.call('setPoster', { id: 4711, atSeconds: 3 });
    await expect(poster).rejects.toMatchObject(missing);
    const position = library.library.call('savePosition', { id: 4711, seconds: 3 });
    await expect(position).rejects.toMatchObject(missing);
  });
});
