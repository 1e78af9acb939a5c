import type { ProbeReport } from '../shared/library-protocol';
import type { Connection } from './connection';
import { type ProbedVersion, ProbeRows } from './probe-rows';

/** A death may be chance: somebody ended the process, or the machine. Twice with the same file alone is none. */
const DEATHS_THAT_PROVE = 2;

/**
 * Finds the file that a process died of, and puts it away. Whatever is handed out to be read stands in a table until it
 * is reported. When the process dies under it, all that stands there is suspected; suspects are read alone from then on,
 * and the one during which a process dies again and again is quarantined: it gets a problem and is not read any more.
 * Everything is in SQLite, so that it does not matter what else died. Writing methods expect to be called in a
 * transaction.
 */
export class Suspects {
  readonly #probes: ProbeRows;
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** Runs that ended with the process that one of another run's files killed; they have not been heard of yet. */
  #bystanders = new Set<string>();

  constructor(database: Connection, now: () => number) {
    this.#probes = new ProbeRows(database, now);
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** The root's suspects, with the deaths that each is charged with. */
  ofRoot(rootId: number): Map<number, number> {
    const rows = this.#statements.ofRoot.all(rootId);
    return new Map(rows.map(({ videoId, deaths }) => [videoId, deaths]));
  }

  /** The files are about to be read by the run. */
  handOut(runToken: string, videoIds: readonly number[]): void {
    for (const videoId of videoIds) this.#statements.handOut.run(videoId, runToken);
  }

  /** From now on nothing else is read until the file is reported. */
  probeAlone(videoId: number): void {
    this.#statements.probeAlone.run(videoId);
  }

  /** The file came back. Only one that was read, by somebody who lives, is beyond suspicion. */
  reported({ videoId, outcome }: ProbeReport): void {
    this.#statements.clearFile.run(videoId);
    if (outcome.kind === 'probed' || outcome.kind === 'unreadable') {
      this.#statements.acquit.run(videoId);
    }
  }

  /**
   * The process died that a run was in; called while the run still holds its token.
   * @returns whether it is known of which file, so that the run is not to blame
   */
  noteDeath(runToken: string): boolean {
    this.#forgetEndedRuns();
    // One process reads for all runs: they died together, and are heard of one by one.
    const runs = new Set(this.#statements.runs.all().map((run) => run.runToken));
    if (!runs.delete(runToken)) return false;
    if (this.#bystanders.delete(runToken)) return true;
    if (!this.#chargeCulprit()) {
      this.#suspectFilesOf(runToken);
      return false;
    }
    this.#bystanders = runs;
    return true;
  }

  /**
   * This process was ended without order, and with it every run; called while the runs still hold their tokens.
   * @returns as {@link noteDeath}
   */
  noteDeathOfAll(): boolean {
    this.#forgetEndedRuns();
    if (this.#chargeCulprit()) return true;
    this.#suspectFilesOf(null);
    return false;
  }

  /** What runs left that ended in order says nothing about their files. */
  #forgetEndedRuns(): void {
    this.#statements.clearEnded.run();
  }

  /** @param runToken null: of every run */
  #suspectFilesOf(runToken: string | null): void {
    this.#statements.suspect.run({ runToken });
    this.#statements.clearRun.run({ runToken });
  }

  /** Charges the file that was read alone, if there is one: then no other was being read. */
  #chargeCulprit(): boolean {
    const culprit = this.#statements.readAlone.get();
    if (!culprit) return false;
    this.#statements.clearRun.run({ runToken: null });
    this.#charge(culprit);
    return true;
  }

  #charge(version: ProbedVersion): void {
    const { videoId } = version;
    const deaths = this.#statements.charge.get(videoId)?.deaths ?? 0;
    if (deaths < DEATHS_THAT_PROVE) return;
    this.#probes.writeProblem(version, {
      stage: 'probe',
      code: 'PROCESS_CRASHED',
      message: `Vitrine's reading process died ${deaths} times while it read this file and nothing else.`,
      toolOutput: null,
      occurredAt: this.#now(),
    });
  }
}

function prepareStatements(database: Connection) {
  const ofRun = '(@runToken IS NULL OR run_token = @runToken)';
  return {
    ofRoot: database.prepare<[number], { videoId: number; deaths: number }>(`
      SELECT s.video_id AS videoId, s.deaths_alone AS deaths FROM suspects s CROSS JOIN videos v ON v.id = s.video_id
      WHERE v.root_id = ?`),
    handOut: database.prepare(
      'INSERT OR REPLACE INTO probes_in_flight (video_id, run_token) VALUES (?, ?)',
    ),
    probeAlone: database.prepare('UPDATE probes_in_flight SET alone = 1 WHERE video_id = ?'),
    clearFile: database.prepare('DELETE FROM probes_in_flight WHERE video_id = ?'),
    acquit: database.prepare('DELETE FROM suspects WHERE video_id = ?'),
    // Only running jobs have a token.
    clearEnded: database.prepare(`
      DELETE FROM probes_in_flight
      WHERE run_token NOT IN (SELECT run_token FROM jobs WHERE run_token IS NOT NULL)`),
    clearRun: database.prepare(`DELETE FROM probes_in_flight WHERE ${ofRun}`),
    readAlone: database.prepare<[], ProbedVersion>(`
      SELECT id AS videoId, size_bytes AS sizeBytes, mtime_ms AS mtimeMs, inode
      FROM probes_in_flight CROSS JOIN videos ON id = video_id WHERE alone = 1 LIMIT 1`),
    suspect: database.prepare(`
      INSERT INTO suspects (video_id) SELECT video_id FROM probes_in_flight WHERE ${ofRun}
      ON CONFLICT DO NOTHING`),
    runs: database.prepare<[], { runToken: string }>(
      'SELECT run_token AS runToken FROM jobs WHERE run_token IS NOT NULL',
    ),
    charge: database.prepare<[number], { deaths: number }>(`
      INSERT INTO suspects (video_id, deaths_alone) VALUES (?, 1)
      ON CONFLICT DO UPDATE SET deaths_alone = deaths_alone + 1
      RETURNING deaths_alone AS deaths`),
  };
}
