import { VitrineError } from '../shared/errors';
import type { FileAnswer, FileCheck } from '../shared/file-check';
import type { ChangeSignal } from './change-signal';
import type { Connection } from './connection';
import type { JobTable } from './jobs';
import { ListingComparison } from './listing-comparison';
import { ListingSettlement } from './listing-settlement';
import { MoveRows } from './move-rows';
import type { RootPlaces } from './root-places';
import { ScanRows } from './scan-rows';
import type { ScanSession } from './scan-session';
import { UserData } from './user-data';

export interface ListingEndOptions {
  database: Connection;
  now: () => number;
  jobs: JobTable;
  places: RootPlaces;
  changes: ChangeSignal;
  /** Scans that run now. */
  sessions(): Iterable<ScanSession>;
  /** Bulk work of a run, in slices that are refused once the run is over. */
  write<T>(session: ScanSession, steps: Generator<void, T>, signal: AbortSignal): Promise<T>;
  /** A run that cannot go on. */
  forget(jobId: string): void;
}

/** What follows a complete walk: finding out what is gone and where it went, and writing that. */
export class ListingEnd {
  readonly #options: ListingEndOptions;
  readonly #scanRows: ScanRows;
  readonly #moveRows: MoveRows;
  readonly #userData: UserData;

  constructor(options: ListingEndOptions) {
    const { database, now } = options;
    this.#options = options;
    this.#scanRows = new ScanRows(database, now);
    this.#moveRows = new MoveRows(database, now);
    this.#userData = new UserData(database);
  }

  /** Compares what was seen with the rows; answers what has to be looked at first. */
  async compare(
    session: ScanSession,
    unreadableFolders: readonly string[],
    signal: AbortSignal,
  ): Promise<FileCheck[]> {
    const { places, write } = this.#options;
    const comparison = new ListingComparison({
      session,
      rows: this.#moveRows,
      placeOf: (rootId) => places.placeOf(rootId),
      listedAt: places.listedAt(session.run.root.rootId),
    });
    session.comparison = comparison;
    await write(session, comparison.compare(unreadableFolders), signal);
    return write(session, comparison.nextChecks(), signal);
  }

  /** Takes answers; answers what has to be looked at next. */
  answer(
    session: ScanSession,
    answers: readonly FileAnswer[],
    signal: AbortSignal,
  ): Promise<FileCheck[]> {
    const comparison = comparisonOf(session);
    for (const answer of answers) comparison.note(answer);
    return this.#options.write(session, comparison.nextChecks(), signal);
  }

  /** Writes what was moved and what is missing. */
  async settle(session: ScanSession, signal: AbortSignal): Promise<void> {
    const comparison = comparisonOf(session);
    const { jobs, places, changes, write } = this.#options;
    const settlement = new ListingSettlement({
      session,
      comparison,
      parts: await write(session, comparison.parts(), signal),
      acceptMissing: jobs.acceptsMissing(session.jobId),
      scanRows: this.#scanRows,
      moveRows: this.#moveRows,
      places,
      userData: this.#userData,
      changes,
      sessions: () => this.#options.sessions(),
    });
    try {
      await write(session, settlement.run(), signal);
    } catch (thrown) {
      // What other runs were told may have been rolled back: they see it anew.
      for (const { jobId } of settlement.told) this.#options.forget(jobId);
      throw thrown;
    }
    session.comparison = null;
    changes.noteNow();
  }

  /** The person may have confirmed what is gone after the listing, while files were still read. */
  async acceptLate(session: ScanSession, signal: AbortSignal): Promise<void> {
    const { jobs, write } = this.#options;
    if (session.unconfirmed.length === 0 || !jobs.acceptsMissing(session.jobId)) return;
    await write(session, this.#markUnconfirmed(session), signal);
  }

  *#markUnconfirmed(session: ScanSession): Generator<void, void> {
    const { root, jobRow } = session.run;
    for (const videoId of session.unconfirmed) {
      const video = this.#moveRows.video(videoId);
      if (video?.rootId === root.rootId) this.#moveRows.markMissing(videoId, jobRow);
      this.#options.changes.note();
      yield;
    }
    session.unconfirmed = [];
    session.missing = this.#moveRows.countMissingOfJob(root.rootId, jobRow);
    this.#options.places.markListed(root.rootId, 0);
  }
}

/** @throws VitrineError when the walk is not over, or was settled */
function comparisonOf({ comparison }: ScanSession): ListingComparison {
  if (comparison) return comparison;
  throw new VitrineError('INVALID_REQUEST', 'There is no listing to be compared.');
}
