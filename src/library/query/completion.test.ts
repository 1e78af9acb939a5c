import { afterEach, describe, expect, it } from 'vitest';
import type { Suggestion } from '../../shared/query/completion';
import { openReaderConnection } from '../connection';
import { openLibraryFile } from '../open';
import { libraryFixture } from '../testing/library-fixture';
import { VideoLists } from '../video-list';

const { temporaryFolder } = libraryFixture();
const { signal } = new AbortController();

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** Three videos: two of the first codec, which are tagged, and one of the second. */
function lists(): VideoLists {
  const { database, databasePath, close } = openLibraryFile(temporaryFolder(), 'write');
  const reader = openReaderConnection(databasePath);
  cleanups.push(() => {
    reader.close();
    close();
  });
  database.exec(`
    INSERT INTO roots (id, path, added_at) VALUES (1, '/media/films', 0);
    INSERT INTO folders (id, root_id, path, path_key) VALUES (1, 1, '', '');
    INSERT INTO videos (id, root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe,
      added_at, video_codec, width, height) VALUES
      (1, 1, 1, 'a.mp4', 'a', 0, 0, 1, 'ok', 0, 1600000000000, 'h264', 3840, 2160),
      (2, 1, 1, 'b.mp4', 'b', 0, 0, 2, 'ok', 0, 1600000000000, 'h264', 1920, 1080),
      (3, 1, 1, 'c.mp4', 'c', 0, 0, 3, 'missing', 0, 1600000000000, 'hevc', NULL, NULL);
    INSERT INTO tags (id, name, name_key) VALUES (1, 'Beach walk', 'beach walk'), (2, 'Hamburg', 'hamburg');
    INSERT INTO video_tags VALUES (1, 1), (2, 1), (2, 2);
    INSERT INTO user_data (video_id, favourite, updated_at) VALUES (1, 1, 0)`);
  return new VideoLists({ database: reader, now: () => 0, isTold: true });
}

/** Where the bar stands is the cursor. */
async function complete(typed: string): Promise<Suggestion[]> {
  const cursor = typed.indexOf('|');
  const text = typed.replace('|', '');
  return (await lists().complete({ text, cursor }, signal)).suggestions;
}

const brief = (suggestions: readonly Suggestion[]) =>
  suggestions.map(({ insert, count }) => [insert, count]);

describe('completion', () => {
  it('offers fields by their names and other names, with what they are', async () => {
    const suggestions = await complete('beach fi|');
    expect(suggestions).toMatchObject([
      { insert: 'name:', about: 'The name of the file.', from: 6, to: 8 },
      { insert: 'size:' },
    ]);
    expect((await complete('|')).length).toBeGreaterThan(30);
  });

  it.each([
    [
      'codec:|',
      [
        ['h264', 2],
        ['hevc', 1],
      ],
    ],
    ['codec:HE|', [['hevc', 1]]],
    ['-codec:h264,he|', [['hevc', 1]]],
    [
      'tag:|',
      [
        ['"Beach walk"', 2],
        ['Hamburg', 1],
        ['none', 1],
      ],
    ],
    ['tag:"ham|', [['Hamburg', 1]]],
    [
      'resolution:|',
      [
        ['4k', 1],
        ['1080p', 1],
        ['none', 1],
      ],
    ],
    [
      'state:|',
      [
        ['ok', 2],
        ['missing', 1],
      ],
    ],
    ['root:|', [['/media/films', 3]]],
    [
      'favourite:|',
      [
        ['no', 2],
        ['yes', 1],
      ],
    ],
    ['is:mi|', [['missing', null]]],
    ['added:|', [['2020', 3]]],
    ['name:|', []],
    ['size:>|', []],
  ])('offers what the library has for %s, most first', async (typed, expected) => {
    expect(brief(await complete(typed))).toEqual(expected);
  });

  it('counts values in the rest of the query, without the field itself', async () => {
    expect(brief(await complete('tag:hamburg codec:|'))).toEqual([['h264', 1]]);
    expect(brief(await complete('codec:hevc codec:|'))).toEqual([
      ['h264', 2],
      ['hevc', 1],
    ]);
    for (const typed of ['(tag:hamburg or codec:|)', 'tag:hamburg or codec:|']) {
      expect(brief(await complete(typed))).toEqual([
        ['h264', 2],
        ['hevc', 1],
      ]);
    }
  });

  it('offers tags and their like also to whoever types no field', async () => {
    expect(brief(await complete('bea|'))).toEqual([['tag:"Beach walk"', 2]]);
    expect(brief(await complete('name:a -wal|'))).toEqual([['tag:"Beach walk"', 1]]);
  });

  it('replaces the part that the cursor is in', async () => {
    const [suggestion] = await complete('mp4 codec:h2|,vp9 -y');
    expect(suggestion).toMatchObject({ from: 10, to: 12, insert: 'h264' });
  });
});
