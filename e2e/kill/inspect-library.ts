import { isDeepStrictEqual } from 'node:util';
import {
  damageOf,
  doubledPaths,
  type LibraryDatabase,
  leftovers,
  rowsOf,
  withLibraryFile,
} from '../fixtures/library-file';
import type { Losses } from './statistics';
import { lostUserData, type UserData } from './user-data';

/** What has to be in a library. */
export interface Expectation {
  /** Rows by the path below the folder, for each folder's path. */
  rows: ReadonlyMap<string, ReadonlyMap<string, object>>;
  userData: readonly UserData[];
}

/** Compares a library that no app has open with what has to be in it. */
export function inspectLibrary(
  directory: string,
  { rows, userData }: Expectation,
): Pick<Losses, 'rows' | 'userData' | 'library'> {
  // Before the file is opened: that would put a journal away.
  const lying = leftovers(directory).map((name) => `${name} was left in the library's folder`);
  return withLibraryFile(directory, (database) => ({
    rows: [
      ...doubledPaths(database).map((path) => `${path} has more than one row`),
      ...[...rows].flatMap(([folder, expected]) => wrongRows(database, folder, expected)),
    ],
    userData: lostUserData(database, userData),
    library: [...lying, ...damageOf(database), ...liveJobs(database)],
  }));
}

function wrongRows(
  database: LibraryDatabase,
  folder: string,
  expected: ReadonlyMap<string, object>,
): string[] {
  const found = rowsOf(database, folder);
  const wrong: string[] = [];
  for (const [place, row] of expected) {
    const actual = found.get(place);
    if (!actual) wrong.push(`${folder}: no row of ${place}`);
    else if (!isDeepStrictEqual(actual, row)) {
      wrong.push(`${folder}: ${place}: ${differences(actual, row)}`);
    }
  }
  for (const place of found.keys()) {
    if (!expected.has(place)) wrong.push(`${folder}: a row too many, ${place}`);
  }
  return wrong;
}

function differences(actual: object, expected: object): string {
  const values = new Map(Object.entries(actual));
  return Object.entries(expected)
    .filter(([key, value]) => !isDeepStrictEqual(values.get(key), value))
    .map(
      ([key, value]) =>
        `${key} is ${JSON.stringify(values.get(key))}, not ${JSON.stringify(value)}`,
    )
    .join('; ');
}

/** All had ended when the app was closed. */
function liveJobs(database: LibraryDatabase): string[] {
  return database
    .prepare<[], { target: string; state: string }>(
      "SELECT target, state FROM jobs WHERE state NOT IN ('succeeded', 'failed', 'cancelled')",
    )
    .all()
    .map(({ target, state }) => `the job of ${target} is stored as ${state}`);
}
