import type { Connection } from '../connection';

/**
 * Making pictures that nobody waits for stops at this share of the limit. The rest is many times what one preview takes,
 * so that the cache stays above it once something had to go: nothing is made to push out what is made again.
 */
const BACKGROUND_SHARE = 0.95;

/** What the pictures take, by the library's rows. */
export interface PreviewTotals {
  bytes: number;
  count: number;
}

export interface PreviewCacheOptions {
  database: Connection;
  /** Most bytes that the pictures may take. */
  limit(): number;
  /** Videos whose pictures are being looked at. */
  onScreen(): readonly number[];
  now(): number;
}

/**
 * Keeps the pictures below their limit: those that were not looked at for the longest time go first. Writing expects a
 * transaction.
 */
export class PreviewCache {
  readonly #options: PreviewCacheOptions;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #touched = new Set<string>();

  constructor(options: PreviewCacheOptions) {
    this.#options = options;
    this.#statements = prepareStatements(options.database);
  }

  totals(): PreviewTotals {
    return this.#statements.totals.get() ?? { bytes: 0, count: 0 };
  }

  /** Whether there is room for pictures that nobody waits for. */
  hasRoom(): boolean {
    return this.totals().bytes < this.#options.limit() * BACKGROUND_SHARE;
  }

  /** These were looked at; written by the next {@link noteUse}. Answers whether there was nothing to be written before. */
  touch(tokens: readonly string[]): boolean {
    const isFirst = this.#touched.size === 0 && tokens.length > 0;
    for (const token of tokens) this.#touched.add(token);
    return isFirst;
  }

  /** Writes what was looked at, and what is. */
  noteUse(): void {
    const now = this.#options.now();
    const tokens = JSON.stringify([...this.#touched]);
    this.#touched = new Set();
    this.#statements.use.run({ now, tokens, onScreen: JSON.stringify(this.#options.onScreen()) });
  }

  /** Drops pictures until the others fit. Yields where the work may be cut. */
  *trim(): Generator<void, void> {
    if (!this.#isOver()) return;
    this.noteUse();
    while (this.#isOver() && this.#statements.dropOldest.run().changes > 0) yield;
  }

  /** Drops all that there are at this moment. Yields where the work may be cut. */
  *clear(): Generator<void, void> {
    const newest = this.#statements.newest.get() ?? 0;
    while (this.#statements.dropUpTo.run(newest).changes > 0) yield;
  }

  /** Drops these, because their files are not there. Yields where the work may be cut. */
  *drop(lost: readonly { id: number }[]): Generator<void, void> {
    for (const { id } of lost) {
      this.#statements.drop.run(id);
      yield;
    }
  }

  #isOver(): boolean {
    return this.totals().bytes > this.#options.limit();
  }
}

function prepareStatements(database: Connection) {
  return {
    totals: database.prepare<[], PreviewTotals>('SELECT bytes, count FROM preview_totals'),
    use: database.prepare(`
      UPDATE previews SET used_at = @now WHERE used_at < @now AND id IN (
        SELECT id FROM previews WHERE token IN (SELECT value FROM json_each(@tokens))
        UNION ALL SELECT preview_id FROM video_previews WHERE video_id IN (SELECT value FROM json_each(@onScreen))
        UNION ALL SELECT poster_id FROM video_previews WHERE video_id IN (SELECT value FROM json_each(@onScreen)))`),
    dropOldest: database.prepare(
      'DELETE FROM previews WHERE id = (SELECT id FROM previews ORDER BY used_at, id LIMIT 1)',
    ),
    drop: database.prepare('DELETE FROM previews WHERE id = ?'),
    newest: database.prepare<[], number>('SELECT max(id) FROM previews').pluck(),
    dropUpTo: database.prepare(
      'DELETE FROM previews WHERE id IN (SELECT id FROM previews WHERE id <= ? ORDER BY id LIMIT 20)',
    ),
  };
}
