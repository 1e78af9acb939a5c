import { randomUUID } from 'node:crypto';
import type { Connection } from './connection';

/** How the last session that wrote ended. */
export interface LastSession {
  /** False after a crash or a power cut. */
  closedCleanly: boolean;
  /** Whether a backup holds everything that it wrote. */
  backedUp: boolean;
  /** Whose state the file itself held, without the log; null: not known. */
  sessionOfFile: string | null;
}

/**
 * The marks of a session in the library. The first write of a session carries them, in its own transaction, so that
 * a library can be opened and read while its disk is full.
 */
export class SessionMark {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /**
   * To be called in the session's first transaction. Sessions that crash one after the other may leave the file as an
   * earlier one wrote it: its name is passed on until a checkpoint brings a newer one into the file.
   * @param sessionOfFile whose state the file held when it was opened; null: not known
   */
  begin(sessionOfFile: string | null): void {
    this.#put('closed', 'no');
    this.#put('backed-up', 'no');
    const before = new Set([this.#get('session') ?? '', sessionOfFile ?? '']);
    this.#put('session-before', [...before].join(' ').trim());
    this.#put('session', randomUUID());
    this.#put('log-rounds', '0');
  }

  /**
   * To be called in a transaction after each checkpoint: whatever the log holds from then on, the session's name is
   * among it. See {@link import('./foreign-wal').isForeignWal}.
   */
  beginLogRound(): void {
    this.#put('log-rounds', String(Number(this.#get('log-rounds')) + 1));
  }

  /** The session's last write. */
  end(backedUp: boolean): void {
    this.#put('backed-up', backedUp ? 'yes' : 'no');
    this.#put('closed', 'yes');
  }

  /** Sessions whose state the file may hold, the latest first; the name is empty where there was none before. */
  get names(): string[] {
    const before = this.#get('session-before') ?? '';
    return [this.#get('session'), ...before.split(' ')].filter((name) => name !== undefined);
  }

  get last(): Pick<LastSession, 'closedCleanly' | 'backedUp'> {
    return {
      closedCleanly: this.#get('closed') === 'yes',
      backedUp: this.#get('backed-up') === 'yes',
    };
  }

  #get(key: string): string | undefined {
    return this.#statements.get.get(key)?.value;
  }

  #put(key: string, value: string): void {
    this.#statements.put.run(key, value);
  }
}

function prepareStatements(database: Connection) {
  return {
    get: database.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?'),
    put: database.prepare(
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
  };
}
