import { VitrineError } from '../shared/errors';
import type { Connection } from './connection';
import { isBelow, normaliseRootPath } from './video-path';

/** A folder that the person added and did not remove. */
export interface Root {
  rootId: number;
  path: string;
}

/** The roots table. Writing methods expect to be called in a transaction. */
export class RootTable {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** @throws ROOT_NOT_FOUND */
  require(rootId: number): Root {
    const root = this.#statements.byId.get(rootId);
    if (!root) throw rootNotFound(rootId);
    return root;
  }

  findByPath(path: string): Root | null {
    return this.#statements.byPath.get(normaliseRootPath(path)) ?? null;
  }

  /** The root at `path`: the one that is there, the one that was removed, or a new one. @throws ROOT_OVERLAPS */
  ensure(path: string): Root {
    const wanted = normaliseRootPath(path);
    const existing = this.findByPath(wanted);
    if (existing) return existing;
    const overlapping = this.#statements.all
      .all()
      .find((root) => isBelow(wanted, root.path) || isBelow(root.path, wanted));
    if (overlapping) {
      throw new VitrineError(
        'ROOT_OVERLAPS',
        `${wanted} overlaps ${overlapping.path}, which is in the library already.`,
        { path: overlapping.path },
      );
    }
    const root = this.#statements.upsert.get(wanted, this.#now());
    if (!root) throw new VitrineError('INTERNAL', `The folder ${wanted} could not be stored.`);
    return root;
  }

  /** Takes the root out of every view; its rows and user data stay. @throws ROOT_NOT_FOUND */
  remove(rootId: number): void {
    if (this.#statements.remove.run(this.#now(), rootId).changes === 0) throw rootNotFound(rootId);
  }

  /** Returns whether it changed. @throws ROOT_NOT_FOUND */
  setOnline(rootId: number, online: boolean): boolean {
    this.require(rootId);
    const flag = online ? 1 : 0;
    return this.#statements.setOnline.run(flag, rootId, flag).changes === 1;
  }

  markScanned(rootId: number): void {
    this.#statements.markScanned.run(this.#now(), rootId);
  }
}

function rootNotFound(rootId: number): VitrineError {
  return new VitrineError('ROOT_NOT_FOUND', `There is no folder ${rootId} in the library.`);
}

function prepareStatements(database: Connection) {
  const live = 'SELECT id AS rootId, path FROM roots WHERE removed_at IS NULL';
  return {
    all: database.prepare<[], Root>(live),
    byId: database.prepare<[number], Root>(`${live} AND id = ?`),
    byPath: database.prepare<[string], Root>(`${live} AND path = ?`),
    // Whoever adds a removed root again means what stands there now, on whatever drive.
    upsert: database.prepare<[string, number], Root>(`
      INSERT INTO roots (path, added_at) VALUES (?, ?)
      ON CONFLICT (path, ifnull(path_bytes, x'')) DO UPDATE SET removed_at = NULL, online = 1,
        device = NULL, volume_id = NULL, path_on_volume = NULL
      RETURNING id AS rootId, path`),
    remove: database.prepare<[number, number]>(
      'UPDATE roots SET removed_at = ? WHERE id = ? AND removed_at IS NULL',
    ),
    setOnline: database.prepare<[number, number, number]>(
      'UPDATE roots SET online = ? WHERE id = ? AND online <> ?',
    ),
    markScanned: database.prepare<[number, number]>(
      'UPDATE roots SET last_scan_at = ? WHERE id = ?',
    ),
  };
}
