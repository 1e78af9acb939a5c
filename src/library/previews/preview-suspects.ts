import type { PreviewReport } from '../../shared/preview-protocol';
import type { Connection } from '../connection';

/** A death may be chance: somebody ended the process, or the machine. Twice with the same file alone is none. */
const DEATHS_THAT_PROVE = 2;

/** A file under whose preview a process may have died. */
export interface PreviewSuspect {
  videoId: number;
  deaths: number;
}

/**
 * Finds the file that a process died of while it made previews. What is handed out stands in a table until it is
 * reported; when the process dies, all of it is suspected and made one by one from then on, and the one under which a
 * process dies alone, again, is not tried any more. Writing methods expect a transaction.
 */
export class PreviewSuspects {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  all(): PreviewSuspect[] {
    this.#forgetEndedRuns();
    return this.#statements.suspects.all();
  }

  /** @param alone nothing else is made until it is reported */
  handOut(runToken: string, videoId: number, alone: boolean): void {
    this.#statements.handOut.run({ runToken, videoId, alone: alone ? 1 : 0 });
  }

  /** A file that was read, by somebody who lives, is beyond suspicion. */
  reported({ videoId, outcome }: PreviewReport): void {
    if (outcome.kind === 'skipped') this.#statements.putBack.run(videoId);
    this.#statements[outcome.kind === 'skipped' ? 'clearInnocent' : 'clear'].run(videoId);
  }

  /** The person wants it to be tried again. */
  acquit(videoId: number): void {
    this.#statements.clear.run(videoId);
  }

  /**
   * The process died that the run was in; called while the run still holds its token.
   * @returns whether it is known of which file, so that the run is not to blame
   */
  noteDeath(runToken: string): boolean {
    this.#forgetEndedRuns();
    return this.#note(runToken);
  }

  /** This process was ended without order; called while the runs still hold their tokens. @returns as {@link noteDeath} */
  noteDeathOfAll(): boolean {
    return this.noteDeath(ANY_RUN);
  }

  #note(runToken: string): boolean {
    const culprit = this.#statements.charge.get({ runToken });
    this.#statements.suspect.run({ runToken });
    if (!culprit) return false;
    const { videoId, deaths } = culprit;
    if (deaths >= DEATHS_THAT_PROVE) {
      const problem = `Vitrine's reading process died ${deaths} times while it made pictures of this file and of nothing else.`;
      this.#statements.giveUp.run({ videoId, problem });
      this.#statements.giveUpFilmstrip.run(videoId);
      this.#statements.clear.run(videoId);
    }
    return true;
  }

  /** What runs left that ended in order says nothing about their files. */
  #forgetEndedRuns(): void {
    this.#statements.putBackEnded.run();
    this.#statements.clearEnded.run();
  }
}

const ANY_RUN = '';

function prepareStatements(database: Connection) {
  const ended = `run_token IS NOT NULL
    AND run_token NOT IN (SELECT run_token FROM jobs WHERE run_token IS NOT NULL)`;
  const ofRun = `run_token IS NOT NULL AND @runToken IN ('${ANY_RUN}', run_token)`;
  return {
    suspects: database.prepare<[], PreviewSuspect>(
      'SELECT video_id AS videoId, deaths FROM previews_in_flight WHERE run_token IS NULL ORDER BY video_id',
    ),
    handOut: database.prepare<[{ runToken: string; videoId: number; alone: number }]>(`
      INSERT INTO previews_in_flight (video_id, run_token, alone) VALUES (@videoId, @runToken, @alone)
      ON CONFLICT DO UPDATE SET run_token = @runToken, alone = @alone`),
    clear: database.prepare('DELETE FROM previews_in_flight WHERE video_id = ?'),
    clearInnocent: database.prepare(
      'DELETE FROM previews_in_flight WHERE video_id = ? AND run_token IS NOT NULL',
    ),
    // Only suspects are made alone.
    putBack: database.prepare(
      'UPDATE previews_in_flight SET run_token = NULL, alone = 0 WHERE video_id = ? AND alone = 1',
    ),
    putBackEnded: database.prepare(
      `UPDATE previews_in_flight SET run_token = NULL, alone = 0 WHERE alone = 1 AND ${ended}`,
    ),
    clearEnded: database.prepare(`DELETE FROM previews_in_flight WHERE ${ended}`),
    charge: database.prepare<[{ runToken: string }], PreviewSuspect>(`
      UPDATE previews_in_flight SET deaths = deaths + 1 WHERE alone = 1 AND ${ofRun}
      RETURNING video_id AS videoId, deaths`),
    suspect: database.prepare<[{ runToken: string }]>(
      `UPDATE previews_in_flight SET run_token = NULL, alone = 0 WHERE ${ofRun}`,
    ),
    giveUp: database.prepare<[{ videoId: number; problem: string }]>(`
      INSERT INTO video_previews (video_id, problem, poster_failed) VALUES (@videoId, @problem, 1)
      ON CONFLICT DO UPDATE SET problem = iif(preview_id IS NULL, excluded.problem, NULL), poster_failed = 1`),
    giveUpFilmstrip: database.prepare<[number]>(`
      UPDATE previews SET filmstrip_due = 0
      WHERE id = (SELECT preview_id FROM video_previews WHERE video_id = ?)`),
  };
}
