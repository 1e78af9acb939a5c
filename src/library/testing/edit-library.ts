import Database from 'better-sqlite3';
import type { Connection } from '../connection';
import { labelKey } from '../edits/cells';
import { EDIT_LIMITS, type EditLimits } from '../edits/edit-limits';
import type { VideoSource } from '../edits/edit-plan';
import { Edits } from '../edits/edits';
import { MIGRATIONS } from '../migrations';
import { UserData } from '../user-data';

/** What the process dies of when {@link EditLibrary.diesAfter} is used up. */
export class Death extends Error {}

/** All that was said of one video; names of tags by their keys, collections with the place in their order. */
export interface SaidOfVideo {
  rating: number | null;
  label: string | null;
  favourite: boolean;
  note: string | null;
  tags: string[];
  collections: string[];
}

/** User data as a person sees it. */
export interface Said {
  videos: Record<number, SaidOfVideo>;
  tags: Record<string, string | null>;
  /** In their order, each with its videos in theirs. */
  collections: [name: string, videos: number[]][];
}

/**
 * A library in memory that is edited without threads. Every step of a long edit is a transaction of its own; the process
 * can die between any two.
 */
export class EditLibrary {
  readonly database: Connection;
  edits: Edits;
  /** Transactions that are still written. */
  diesAfter = Number.POSITIVE_INFINITY;
  /** Runs before each transaction of a long edit. */
  betweenSlices: () => void = () => undefined;
  readonly #limits: EditLimits;
  readonly #userData: UserData;
  #time = 1_700_000_000_000;
  #request = 0;

  constructor(videos: number, limits: Partial<EditLimits> = {}) {
    this.#limits = { ...EDIT_LIMITS, ...limits };
    this.database = new Database(':memory:');
    this.database.pragma('foreign_keys = ON');
    for (const { sql } of MIGRATIONS) this.database.exec(sql);
    this.database.exec(`
      INSERT INTO roots (id, path, added_at) VALUES (1, '/films', 0);
      INSERT INTO folders (id, root_id, path, path_key) VALUES (1, 1, '', '');`);
    const insert = this.database.prepare(`
      INSERT INTO videos (id, root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe, added_at)
      VALUES (@id, 1, 1, 'v' || @id, 'v' || @id, 1, 1, @id, 'ok', 0, 0)`);
    this.database.transaction(() => {
      for (let id = 1; id <= videos; id += 1) insert.run({ id });
    })();
    this.#userData = new UserData(this.database);
    this.edits = this.#open();
  }

  /** A name for the next edit. */
  request(): string {
    this.#request += 1;
    return `request ${this.#request}`;
  }

  /** The process is dead; another one opens the library. */
  async restart(): Promise<void> {
    this.diesAfter = Number.POSITIVE_INFINITY;
    this.edits = this.#open();
    await this.edits.settle();
  }

  removeVideo(id: number): void {
    this.database.prepare('DELETE FROM videos WHERE id = ?').run(id);
  }

  /** As a scan does when a file that it took for a new one is a known one. */
  mergeVideo(from: number, into: number): boolean {
    return this.database.transaction(() => {
      const merged = this.#userData.merge(from, into);
      if (merged) this.removeVideo(from);
      return merged;
    })();
  }

  said(): Said {
    const all = <Row>(sql: string) => this.database.prepare<[], Row>(sql).all();
    const videos: Said['videos'] = {};
    for (const { id, favourite, ...fields } of all<
      Omit<SaidOfVideo, 'favourite' | 'tags' | 'collections'> & { id: number; favourite: number }
    >(`
      SELECT v.id, rating, label, ifnull(favourite, 0) AS favourite, note
      FROM videos v LEFT JOIN user_data u ON u.video_id = v.id`)) {
      videos[id] = { ...fields, favourite: favourite === 1, tags: [], collections: [] };
    }
    for (const { id, name } of all<{ id: number; name: string }>(`
      SELECT video_id AS id, name FROM video_tags JOIN tags ON tags.id = tag_id ORDER BY name_key`)) {
      videos[id]?.tags.push(labelKey(name));
    }
    const collections = all<{ id: number; name: string }>(
      'SELECT id, name FROM collections ORDER BY position, id',
    ).map(({ id, name }): [string, number[]] => {
      const members = all<{ id: number }>(`
        SELECT video_id AS id FROM collection_videos WHERE collection_id = ${id}
        ORDER BY position, video_id`).map((row) => row.id);
      for (const video of members) videos[video]?.collections.push(name);
      return [name, members];
    });
    const tags = Object.fromEntries(
      all<{ name: string; colour: string | null }>('SELECT name, colour FROM tags').map((tag) => [
        tag.name,
        tag.colour,
      ]),
    );
    return { videos, tags, collections };
  }

  #open(): Edits {
    return new Edits({
      database: this.database,
      writer: { transact: this.#transact, runInSlices: this.#runInSlices },
      changes: { note: () => undefined, noteNow: () => undefined },
      resolve: async (source) => this.#resolve(source),
      now: () => this.#time++,
      onHistory: () => undefined,
      onFailure: () => undefined,
      limits: this.#limits,
    });
  }

  #resolve(source: VideoSource): number[] {
    const all = (sql: string, id: number) =>
      this.database.prepare<[number], number>(sql).pluck().all(id);
    if ('taggedWith' in source) {
      return all('SELECT video_id FROM video_tags WHERE tag_id = ?', source.taggedWith);
    }
    if ('collectedIn' in source) {
      return all(
        'SELECT video_id FROM collection_videos WHERE collection_id = ? ORDER BY position, video_id',
        source.collectedIn,
      );
    }
    throw new Error('There are no queries in memory.');
  }

  readonly #transact = <T>(work: () => T): T => {
    if (this.diesAfter <= 0) throw new Death();
    this.diesAfter -= 1;
    return this.database.transaction(work).immediate();
  };

  readonly #runInSlices = async <T>(steps: Generator<void, T>): Promise<T> => {
    for (;;) {
      this.betweenSlices();
      const step = this.#transact(() => steps.next());
      if (step.done) return step.value;
    }
  };
}
