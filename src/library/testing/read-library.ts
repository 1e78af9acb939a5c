import type Database from 'better-sqlite3';
import type { VideoQuery } from '../../shared/video-query';
import { ChangedVideos } from '../changed-videos';
import { type Connection, openReaderConnection } from '../connection';
import { fold } from '../fold';
import { nameKey, pathKey } from '../name-key';
import { openLibraryFile } from '../open';
import { createReader } from '../reader';
import { VideoLists } from '../video-list';
import { FOLDERS, type ModelVideo, NOW, ROOTS, VOLUMES } from './library-model';
import { SIDE_FACTS, type SideFact, writeSideFact, writeSideTables } from './side-facts-writer';

/** So small that every way of reading is taken. */
const LIMITS = {
  markDistance: 3,
  near: 8,
  few: 4,
  rowStep: 4,
  spare: 8,
  orderSteps: [2, 5],
} as const;

/** A column or several that a fact of a video is kept in. */
const COLUMNS_OF = {
  root: ({ root, folder }) => ({
    root_id: root + 1,
    folder_id: root * FOLDERS.length + folder + 1,
  }),
  folder: ({ root, folder }) => ({ folder_id: root * FOLDERS.length + folder + 1 }),
  name: ({ name }) => ({ name, name_key: nameKey(name) }),
  sizeBytes: ({ sizeBytes }) => ({ size_bytes: sizeBytes }),
  mtimeMs: ({ mtimeMs }) => ({ mtime_ms: mtimeMs }),
  addedAt: ({ addedAt }) => ({ added_at: addedAt }),
  state: ({ state }) => ({ state }),
  container: ({ container }) => ({ container }),
  videoCodec: ({ videoCodec }) => ({ video_codec: videoCodec }),
  audioCodec: ({ audioCodec }) => ({ audio_codec: audioCodec }),
  size: ({ size }) => ({
    width: size?.[0] ?? null,
    height: size?.[1] ?? null,
    pixels: size && size[0] * size[1],
  }),
  frameRate: ({ frameRate }) => ({ frame_rate: frameRate }),
  durationUs: ({ durationUs }) => ({ duration_us: durationUs }),
  bitRate: ({ bitRate }) => ({ bit_rate: bitRate }),
  hdr: ({ hdr }) => ({ hdr }),
  bitDepth: ({ bitDepth }) => ({ bit_depth: bitDepth }),
  rotation: ({ rotation }) => ({ rotation }),
  audioChannels: ({ audioChannels }) => ({ audio_channels: audioChannels }),
  variableFrameRate: ({ variableFrameRate }) => ({
    variable_frame_rate: variableFrameRate === null ? null : Number(variableFrameRate),
  }),
  recordedAt: ({ recordedAt }) => ({ recorded_at: recordedAt }),
  content: ({ content }) => ({ content_hash: content === null ? null : Buffer.of(content) }),
} satisfies Record<
  Exclude<keyof ModelVideo, 'dismissed' | SideFact>,
  (video: ModelVideo) => Record<string, string | number | Buffer | null>
>;

/** What can change of a video; that a problem was dismissed changes together with the state or by itself. */
export type Fact = OwnFact | SideFact;
type OwnFact = keyof typeof COLUMNS_OF;
const OWN_FACTS = Object.keys(COLUMNS_OF) as OwnFact[];
export const FACTS: readonly Fact[] = [...OWN_FACTS, ...SIDE_FACTS];

const NEVER_CANCELLED = { signal: new AbortController().signal };

/** IDs begin just before those that the names of a second text belong to. */
const FIRST_ID = 1015;

/** A library file with a writing connection that tells a reader what it changed, as the library process does. */
export class ReadLibrary {
  readonly #file;
  readonly #readerConnection: Connection;
  readonly #changed: ChangedVideos;
  readonly #isTold: boolean;
  readonly #lists;
  readonly #reader;
  #revision = 1;

  /** @param isTold whether the reader is told what changes, or has to look at the file */
  constructor(directory: string, isTold: boolean) {
    this.#isTold = isTold;
    this.#file = openLibraryFile(directory, 'write');
    this.#file.database.pragma('synchronous = OFF');
    this.#changed = new ChangedVideos(this.#file.database);
    this.#readerConnection = openReaderConnection(this.#file.databasePath);
    this.#reader = createReader(this.#readerConnection, () => NOW);
    this.#lists = new VideoLists({
      database: this.#readerConnection,
      now: () => NOW,
      isTold,
      limits: LIMITS,
    });
    this.#run("INSERT INTO sqlite_sequence VALUES ('videos', ?)", FIRST_ID - 1);
    writeSideTables(this.#file.database);
    for (const [root, path] of ROOTS.entries()) {
      const volume = VOLUMES[root] ? 1 : null;
      this.#run(
        'INSERT INTO roots (id, path, volume_id, added_at) VALUES (?, ?, ?, 0)',
        root + 1,
        path,
        volume,
      );
      for (const [index, folder] of FOLDERS.entries()) {
        const id = root * FOLDERS.length + index + 1;
        const key = pathKey(`${path}/${folder}`.replace(/\/$/, ''));
        this.#run(
          'INSERT INTO folders (id, root_id, path, path_key) VALUES (?, ?, ?, ?)',
          id,
          root + 1,
          folder,
          key,
        );
        this.#run('INSERT INTO folder_search (rowid, path) VALUES (?, ?)', id, fold(folder));
      }
    }
  }

  close(): void {
    this.#readerConnection.close();
    this.#file.close();
  }

  /** @param isAnnounced whether the reader is to show it at once, and not only some time later */
  write(work: () => void, isAnnounced = true): void {
    this.#file.database.transaction(work)();
    if (isAnnounced) this.#revision += 1;
  }

  /** Writes and takes it back. */
  writeInVain(work: () => void): void {
    const failure = new Error('rolled back');
    try {
      this.write(() => {
        work();
        throw failure;
      });
    } catch (thrown) {
      if (thrown !== failure) throw thrown;
    }
  }

  insert(one: ModelVideo): number {
    // A place is one file's only, which the model does not care about.
    const { lastInsertRowid } = this.#run(
      `INSERT INTO videos (root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe, added_at, name_bytes)
        VALUES (1, 1, '', '', 0, 0, 0, 'ok', 0, 0, randomblob(16))`,
    );
    const id = Number(lastInsertRowid);
    this.update(id, one, FACTS);
    return id;
  }

  /** Writes some facts of a video, and no other column. */
  update(id: number, one: ModelVideo, facts: readonly Fact[]): void {
    const own = OWN_FACTS.filter((fact) => facts.includes(fact));
    const columns = own.flatMap((fact) => Object.entries(COLUMNS_OF[fact](one)));
    const assignments = columns.map(([column]) => `${column} = ?`).join(', ');
    const values = columns.map(([, value]) => value);
    if (own.length > 0) this.#run(`UPDATE videos SET ${assignments} WHERE id = ?`, ...values, id);
    const side = SIDE_FACTS.filter((fact) => facts.includes(fact));
    for (const fact of side) writeSideFact(this.#file.database, id, one, fact);
    if (!facts.includes('state')) return;
    this.#run('DELETE FROM problems WHERE video_id = ?', id);
    if (one.state === 'unreadable') this.failAgain(id);
    if (one.state === 'unreadable' && one.dismissed) this.dismiss(id);
  }

  dismiss(id: number): void {
    this.#run('UPDATE problems SET dismissed_at = 1 WHERE video_id = ?', id);
  }

  failAgain(id: number): void {
    this.#run(
      `INSERT OR REPLACE INTO problems (video_id, stage, code, message, occurred_at) VALUES (?, 'probe', 'NOT_MEDIA', '', 0)`,
      id,
    );
  }

  delete(id: number): void {
    this.#run('DELETE FROM videos WHERE id = ?', id);
  }

  setOnline(root: number, online: boolean): void {
    this.#run('UPDATE roots SET online = ? WHERE id = ?', Number(online), root + 1);
  }

  renameTag(tag: number, name: string): void {
    this.#run('UPDATE tags SET name = ? WHERE id = ?', name, tag + 1);
  }

  setRemoved(root: number, removed: boolean): void {
    this.#run('UPDATE roots SET removed_at = ? WHERE id = ?', removed ? 1 : null, root + 1);
  }

  /** Asks for a page and all facets, and writes something before they are there. */
  async look(query: VideoQuery, index: number, limit: number, meanwhile: () => void) {
    this.#tell();
    const page = this.#lists.page({ query, index, limit }, NEVER_CANCELLED.signal);
    const facets = this.#lists.facets({ query }, NEVER_CANCELLED.signal);
    meanwhile();
    this.#tell();
    return { page: await page, facets: await facets };
  }

  /** The reader has time for some steps of its own. */
  idle(steps: number): void {
    for (let step = 0; step < steps; step += 1) this.#lists.prepare();
  }

  async keysetIds(query: VideoQuery): Promise<number[]> {
    const ids: number[] = [];
    const { scanVideos } = this.#reader;
    for (let after: string | null = null; ; ) {
      const page = await scanVideos({ query, after, limit: 7 }, NEVER_CANCELLED);
      ids.push(...page.videos.map(({ id }) => id));
      if (page.next === null) return ids;
      after = page.next;
    }
  }

  #tell(): void {
    if (!this.#isTold) return;
    this.#lists.noteChange({ revision: this.#revision, videoIds: this.#changed.take() });
  }

  #run(sql: string, ...values: (string | number | Buffer | null)[]): Database.RunResult {
    return this.#file.database.prepare(sql).run(...values);
  }
}
