import Database from 'better-sqlite3';
import { fold } from '../../src/library/fold';
import { nameKey, pathKey } from '../../src/library/name-key';
import { random } from './corpora/random';

const INVENTED_ROOT = '/media/bench/archive';
const SEED = 1;
const VIDEOS_A_FOLDER = 250;
const BATCH = 20_000;
const WORDS = [
  'holiday',
  'birthday',
  'wedding',
  'concert',
  'interview',
  'harbour',
  'drone',
  'match',
];
const CODECS = ['h264', 'h264', 'h264', 'hevc', 'prores', 'mpeg4', 'vp9', 'av1'];
const SIZES = [
  [1920, 1080],
  [3840, 2160],
  [1280, 720],
  [1080, 1920],
  [720, 576],
  [640, 480],
] as const;
const RATES = [
  [25, 1],
  [30000, 1001],
  [24, 1],
  [60000, 1001],
  [50, 1],
] as const;

/**
 * Fills the library file, which the app made and has closed, with rows of videos that do not exist. No previews are due.
 * @param rootPath the root that they are said to be in
 */
export function fillLibrary(databasePath: string, count: number, rootPath = INVENTED_ROOT): void {
  const database = new Database(databasePath);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  const statements = prepare(database);
  const root = statements.root.get(rootPath, Date.now()) ?? 0;
  const next = random(SEED);
  const pick = <T>(values: readonly T[]) => values[Math.floor(next() * values.length)] as T;
  let folder: number | bigint = 0;
  for (let start = 0; start < count; start += BATCH) {
    database.transaction(() => {
      for (let index = start; index < Math.min(count, start + BATCH); index += 1) {
        if (index % VIDEOS_A_FOLDER === 0) {
          const path = `${2000 + (index % 25)}/${pick(WORDS)} ${index / VIDEOS_A_FOLDER}`;
          folder = statements.folder.run(
            root,
            path,
            pathKey(`${rootPath}/${path}`),
          ).lastInsertRowid;
          statements.folderSearch.run(folder, fold(path));
        }
        const name = `${pick(WORDS)} ${pick(WORDS)} ${index}.mp4`;
        const [width, height] = pick(SIZES);
        const [numerator, denominator] = pick(RATES);
        statements.video.run({
          root,
          folder,
          name,
          key: nameKey(name),
          size: Math.floor(next() * 4e9),
          mtime: 1e12 + Math.floor(next() * 7e11),
          inode: index + 1,
          duration: Math.floor(next() * 6e9),
          width,
          height,
          pixels: width * height,
          numerator,
          denominator,
          rate: numerator / denominator,
          codec: pick(CODECS),
          bitRate: Math.floor(next() * 5e7),
          added: 1.7e12 + index,
        });
      }
    })();
  }
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

function prepare(database: Database.Database) {
  return {
    root: database
      .prepare<[string, number], number>(
        `INSERT INTO roots (path, added_at) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET path = excluded.path RETURNING id`,
      )
      .pluck(),
    folder: database.prepare('INSERT INTO folders (root_id, path, path_key) VALUES (?, ?, ?)'),
    folderSearch: database.prepare('INSERT INTO folder_search (rowid, path) VALUES (?, ?)'),
    video: database.prepare(`
      INSERT INTO videos (root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state,
        probe_level, needs_probe, container, duration_us, width, height, pixels, rotation,
        frame_rate_num, frame_rate_den, frame_rate, variable_frame_rate, video_codec, audio_codec,
        audio_channels, bit_rate, bit_depth, added_at, probed_at, previews_due)
      VALUES (@root, @folder, @name, @key, @size, @mtime, @inode, 'ok', 'full', 0, 'mp4', @duration,
        @width, @height, @pixels, 0, @numerator, @denominator, @rate, 0, @codec, 'aac', 2, @bitRate, 8,
        @added, @added, 0)`),
  };
}
