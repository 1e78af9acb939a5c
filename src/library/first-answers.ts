import type { Connection } from './connection';
import type { ReaderApi } from './reader-api';
import { throwLibraryError } from './sqlite-errors';
import { summaryOfLibrary } from './summary';
import { isEverything, VideoLists } from './video-list';
import { watchableRoots } from './watchable-roots';

type Procedures = ReaderApi['procedures'];

/** A page that begins further down takes longer than a window may keep writes waiting. */
const FURTHEST = 1000;

/**
 * Answers what a window asks first at the library's own connection. A reader thread takes longer to start than all of
 * that, and its start takes from that of the window.
 */
export class FirstAnswers {
  readonly #database: Connection;
  readonly #now: () => number;

  constructor(database: Connection, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** Null for what has to wait for a thread. */
  answer<Name extends keyof Procedures>(
    name: Name,
    request: Procedures[Name]['request'],
  ): Promise<Procedures[Name]['response']> | null {
    const answers: Partial<Answers> = {
      summary: async () => summaryOfLibrary(this.#database, this.#now()),
      watchableRoots: async () => watchableRoots(this.#database),
      pageVideos: (page) => this.#page(page),
    };
    return answers[name]?.(request)?.catch(throwLibraryError) ?? null;
  }

  #page(request: Procedures['pageVideos']['request']) {
    if (!isEverything(request.query) || request.index > FURTHEST) return null;
    // Made for this one page: it would not notice what its own connection writes.
    const lists = new VideoLists({ database: this.#database, now: this.#now, isTold: false });
    return lists.page(request, new AbortController().signal);
  }
}

type Answers = {
  [Name in keyof Procedures]: (
    request: Procedures[Name]['request'],
  ) => Promise<Procedures[Name]['response']> | null;
};
