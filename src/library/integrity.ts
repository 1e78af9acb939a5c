import { VitrineError } from '../shared/errors';
import type { Connection } from './connection';
import { withLibraryErrors } from './sqlite-errors';

/** Up to this size everything is compared with everything: about a second for 400 MB, from a solid-state disk. */
const WHOLE_CHECK_BYTES = 512 * 1024 * 1024;
/** Longest time that the check of a larger file may take, plus that of its largest table. */
const BUDGET_MS = 20_000;
const FINDINGS_NAMED = 5;

/** What nobody can find again by a scan comes first: it must have been looked at when time runs out. */
const FIRST_CHECKED = ['user_data', 'video_tags', 'tags', 'collections', 'collection_videos'];

/** The part of a check that takes its time. */
export interface CheckLimits {
  wholeCheckBytes?: number;
  budgetMs?: number;
  /** Milliseconds, monotonic. */
  clock?: () => number;
}

/**
 * Looks for damage and changes nothing. A file of ordinary size is checked completely: structure, rows against
 * indexes, constraints, references (every connection enforces them, so a broken one is damage). A huge one is
 * checked table by table as far as the time goes; the rest is checked when its next backup is.
 * @param database a connection that may write: on others SQLite knows no constraints
 * @throws LIBRARY_CORRUPT
 */
export function assertIntact(database: Connection, limits: CheckLimits = {}): void {
  const findings = withLibraryErrors(() =>
    sizeOf(database) <= (limits.wholeCheckBytes ?? WHOLE_CHECK_BYTES)
      ? checkWhole(database)
      : checkTables(database, limits),
  );
  if (findings.length === 0) return;
  throw new VitrineError(
    'LIBRARY_CORRUPT',
    `The library file is damaged: ${findings.slice(0, FINDINGS_NAMED).join('; ')}`,
  );
}

function checkWhole(database: Connection): string[] {
  return [
    ...check(database, `integrity_check(${FINDINGS_NAMED})`),
    // SQLite leaves out the list of free pages where the first table that it comes upon is a virtual one (3.54.1).
    ...check(database, 'quick_check("sqlite_schema")'),
    ...brokenReferences(database),
  ];
}

function checkTables(database: Connection, { budgetMs = BUDGET_MS, clock }: CheckLimits): string[] {
  const now = clock ?? (() => performance.now());
  const end = now() + budgetMs;
  for (const table of tablesInOrder(database)) {
    const findings = check(database, `quick_check("${table}")`);
    if (findings.length > 0) return findings;
    if (now() >= end) break;
  }
  return [];
}

function tablesInOrder(database: Connection): string[] {
  const names = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  const last = names.filter((name) => !FIRST_CHECKED.includes(name));
  return [...FIRST_CHECKED.filter((name) => names.includes(name)), ...last];
}

function check(database: Connection, pragma: string): string[] {
  const rows = database.pragma(pragma) as Record<string, string>[];
  return rows
    .flatMap((row) => Object.values(row))
    .flatMap((findings) => findings.split('\n'))
    .filter((finding) => finding !== 'ok');
}

function brokenReferences(database: Connection): string[] {
  return database
    .prepare<[], { child: string; parent: string }>(
      `SELECT "table" AS child, parent FROM pragma_foreign_key_check LIMIT ${FINDINGS_NAMED}`,
    )
    .all()
    .map(({ child, parent }) => `a row of ${child} refers to a missing row of ${parent}`);
}

/** Bytes of the database, its log included. */
export function sizeOf(database: Connection): number {
  const pages = Number(database.pragma('page_count', { simple: true }));
  return pages * Number(database.pragma('page_size', { simple: true }));
}
