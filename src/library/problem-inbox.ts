import type { ProblemSelection } from '../shared/library-protocol';
import type { Connection } from './connection';
import { selectedProblems } from './problem-list';

/** What the person decides about unreadable files. Writing methods expect to be called in a transaction. */
export class ProblemInbox {
  readonly #database: Connection;
  readonly #now: () => number;

  constructor(database: Connection, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** Makes the files due for a probe although they did not change. Answers them by the root that they are in. */
  retry(selection: ProblemSelection): Map<number, number[]> {
    const { sql, parameters } = selectedProblems(selection);
    const selected = this.#database
      .prepare<string[], { videoId: number; rootId: number }>(
        `SELECT v.id AS videoId, v.root_id AS rootId ${sql}`,
      )
      .all(...parameters);
    const needProbe = this.#database.prepare('UPDATE videos SET needs_probe = 1 WHERE id = ?');
    const byRoot = new Map<number, number[]>();
    for (const { videoId, rootId } of selected) {
      needProbe.run(videoId);
      const ofRoot = byRoot.get(rootId);
      if (ofRoot) ofRoot.push(videoId);
      else byRoot.set(rootId, [videoId]);
    }
    return byRoot;
  }

  /** A problem that comes anew is another one, and not dismissed. */
  dismiss(selection: ProblemSelection): void {
    const { sql, parameters } = selectedProblems(selection);
    this.#database
      .prepare(`
        UPDATE problems SET dismissed_at = ?
        WHERE dismissed_at IS NULL AND video_id IN (SELECT p.video_id ${sql})`)
      .run(this.#now(), ...parameters);
  }
}
