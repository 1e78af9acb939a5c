import { describe, expect, it } from 'vitest';
import { libraryFixture } from './testing/library-fixture';
import { probed, ROOT, scanDisk } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

describe('one video', () => {
  it('is found by its ID and by its path', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'trip/day 1/a.mp4': {} });
    const byPath = await library.library.call('getVideo', { path: `${ROOT}/trip/day 1/a.mp4` });
    expect(byPath).toMatchObject({ folder: 'trip/day 1', name: 'a.mp4', tags: [], rating: null });
    expect(await library.library.call('getVideo', { id: byPath.id })).toEqual(byPath);
  });

  it('that is not there is answered with VIDEO_NOT_FOUND', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'a.mp4': {} });
    for (const wanted of [
      { id: 99 },
      { path: `${ROOT}/b.mp4` },
      { path: '/a.mp4' },
      { path: ROOT },
    ]) {
      await expect(library.library.call('getVideo', wanted)).rejects.toMatchObject({
        code: 'VIDEO_NOT_FOUND',
      });
    }
  });

  it('is located by its root and the way from there', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'trip/a.mp4': {} });
    const { id } = await library.library.call('getVideo', { path: `${ROOT}/trip/a.mp4` });
    expect(await library.library.call('locateVideo', { id })).toEqual({
      ...{ rootPath: ROOT, path: 'trip/a.mp4', pathBytes: null },
    });
    await expect(library.library.call('locateVideo', { id: 99 })).rejects.toMatchObject({
      code: 'VIDEO_NOT_FOUND',
    });
  });

  it('shows every stream as the probe told it', async () => {
    const library = await openLibrary();
    const base = {
      codecLongName: null,
      codecTag: null,
      profile: null,
      bitRate: null,
      durationSeconds: null,
      startSeconds: null,
      title: null,
      disposition: ['default'],
    };
    const streams = [
      { ...base, index: 0, type: 'subtitle', codec: 'mov_text', language: 'ger', fileName: null },
      {
        ...base,
        index: 1,
        type: 'audio',
        codec: 'aac',
        language: 'eng',
        channels: 6,
        channelLayout: '5.1',
        sampleRate: 48000,
        sampleFormat: 'fltp',
        bitDepth: null,
      },
    ] as const;
    const prober = () => probed({ streams: structuredClone([...streams]) as never });
    await scanDisk(library, { 'a.mp4': {} }, { prober });
    const video = await library.library.call('getVideo', { path: `${ROOT}/a.mp4` });
    expect(video.streams).toEqual(streams);
  });
});

describe('problems', () => {
  it('come newest first, page by page, with the words of the tool', async () => {
    const library = await openLibrary();
    const disk = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`${index}.mp4`, {}]));
    await scanDisk(library, disk, {
      prober: ({ path }) => ({
        kind: 'unreadable',
        problem: {
          stage: 'probe',
          code: 'DAMAGED',
          message: path,
          toolOutput: `about ${path}`,
          occurredAt: Number.parseInt(path, 10) % 5,
        },
      }),
    });
    const times: number[] = [];
    const names = new Set<string>();
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof nextPage>> = await nextPage(after);
      for (const { problem, name, path } of page.problems) {
        expect(problem.toolOutput).toBe(`about ${name}`);
        expect(path).toBe(`${ROOT}/${name}`);
        times.push(problem.occurredAt);
        names.add(name);
      }
      after = page.next;
    } while (after !== null);
    expect(names.size).toBe(25);
    expect(times).toEqual(times.toSorted((left, right) => right - left));

    function nextPage(cursor: string | null) {
      return library.library.call('listProblems', { after: cursor, limit: 7 });
    }
  });
});
