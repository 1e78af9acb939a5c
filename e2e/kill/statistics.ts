import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Round, VICTIMS, type Victim } from './plan';

/** What a round must never cost. Everything is in words, one entry a loss. */
export interface Losses {
  /** Acknowledged jobs that are not there, did not end, or ended otherwise than an undisturbed one. */
  jobs: string[];
  /** Rows that are missing, doubled, or say something else than an undisturbed scan. */
  rows: string[];
  userData: string[];
  /** Processes that outlived their owner. */
  orphans: string[];
  /** Damage to the library file, and files that were left lying about. */
  library: string[];
}

/** What has to come through the rounds; the more, the more the losses of none mean. */
export interface Stakes {
  jobs: number;
  rows: number;
  userData: number;
}

const LOSS_KINDS = ['jobs', 'rows', 'userData', 'orphans', 'library'] as const;

export function noLosses(): Losses {
  return { jobs: [], rows: [], userData: [], orphans: [], library: [] };
}

interface Tally {
  rounds: number;
  faults: number;
  losses: Record<keyof Losses, number>;
}

/** Counts faults and losses, a line for each victim. A round with two victims counts for both. */
export class Statistics {
  readonly losses = noLosses();
  readonly #seed: number;
  readonly #tallies = new Map<Victim | 'quit', Tally>();
  #rounds = 0;
  #hits = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /**
   * @param faults signals that were delivered, by victim
   * @param hit whether a job was running then
   * @returns what an earlier round had not lost already
   */
  add(round: Round, faults: ReadonlyMap<Victim, number>, hit: boolean, losses: Losses): string[] {
    this.#rounds++;
    if (hit) this.#hits++;
    const fresh = noLosses();
    for (const kind of LOSS_KINDS) {
      fresh[kind] = losses[kind].filter((loss) => !this.losses[kind].includes(loss));
      this.losses[kind].push(...fresh[kind]);
    }
    const rows: [Victim | 'quit', number][] = [...faults];
    if (round.victims.length === 0) rows.push(['quit', 1]);
    for (const [victim, count] of rows) {
      const tally = this.#tally(victim);
      tally.rounds++;
      tally.faults += count;
      for (const kind of LOSS_KINDS) tally.losses[kind] += fresh[kind].length;
    }
    return LOSS_KINDS.flatMap((kind) => fresh[kind]);
  }

  /** Rounds in which a job was running when it happened. */
  get hits(): number {
    return this.#hits;
  }

  /** A table of Markdown, for people and for the README. */
  table(stakes: Stakes): string {
    const { jobs, rows, userData } = stakes;
    const head =
      '| Fault | rounds | faults | lost jobs | wrong rows | lost user data | orphans | damage |';
    const lines = [...VICTIMS, 'quit' as const].map((victim) => {
      const { rounds, faults, losses } = this.#tally(victim);
      const counts = [rounds, faults, ...LOSS_KINDS.map((kind) => losses[kind])];
      return `| ${victim === 'quit' ? 'quit in a scan' : `SIGKILL to ${victim}`} | ${counts.join(' | ')} |`;
    });
    return [
      `${this.#rounds} rounds in one library, seed ${this.#seed}: ${this.#hits} hit a running job. At stake:`,
      `${jobs} jobs, ${rows} rows, user data of ${userData} videos.`,
      '',
      head,
      `|${' --- |'.repeat(8)}`,
      ...lines,
    ].join('\n');
  }

  /** Writes everything as JSON. */
  save(path: string, stakes: Stakes): void {
    const faults = Object.fromEntries(this.#tallies);
    const report = { seed: this.#seed, rounds: this.#rounds, hits: this.#hits, stakes, faults };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify({ ...report, losses: this.losses }, null, 2)}\n`);
  }

  #tally(victim: Victim | 'quit'): Tally {
    const tally = this.#tallies.get(victim) ?? {
      rounds: 0,
      faults: 0,
      losses: { jobs: 0, rows: 0, userData: 0, orphans: 0, library: 0 },
    };
    this.#tallies.set(victim, tally);
    return tally;
  }
}
