import type { LibraryApi, ProblemSelection } from '../shared/library-protocol';
import type { Problem } from '../shared/media';
import type { Connection } from './connection';
import { decodeCursor, encodeCursor } from './cursor';
import { absolutePath } from './video-path';

type Procedures = LibraryApi['procedures'];

interface ProblemRow extends Problem {
  id: number;
  rootPath: string;
  folder: string;
  name: string;
  sizeBytes: number;
  mtimeMs: number;
}

const ORDER = 'problems';

const COLUMNS = `v.id, r.path AS rootPath, f.path AS folder, v.name, v.size_bytes AS sizeBytes,
  v.mtime_ms AS mtimeMs, p.stage, p.code, p.message, p.tool_output AS toolOutput, p.occurred_at AS occurredAt`;

const NEWEST_FIRST = 'ORDER BY p.occurred_at DESC, p.video_id DESC LIMIT ?';

/** Unreadable files of folders that were not removed: `FROM` and `WHERE` to go on after. */
function unreadableFiles(problems: string): string {
  return `
    FROM ${problems} CROSS JOIN videos v ON v.id = p.video_id
      CROSS JOIN folders f ON f.id = v.folder_id CROSS JOIN roots r ON r.id = v.root_id
    WHERE v.state = 'unreadable' AND r.removed_at IS NULL`;
}

/** What has to follow `SELECT` for the problems that a selection means; columns of `p`, `v`, `f` and `r`. */
export function selectedProblems(selection: ProblemSelection): {
  sql: string;
  parameters: string[];
} {
  const files = unreadableFiles('problems p');
  if ('all' in selection) return { sql: `${files} AND p.dismissed_at IS NULL`, parameters: [] };
  return {
    sql: `${files} AND p.video_id IN (SELECT value FROM json_each(?))`,
    parameters: [JSON.stringify(selection.ids)],
  };
}

/** The statement for a page; its last parameter is the limit. */
export function problemsSql(after: string | null) {
  const place = after === null ? [] : decodeCursor(ORDER, 2, after);
  return {
    sql: `
      SELECT ${COLUMNS} ${unreadableFiles('problems p INDEXED BY problems_by_time')}
        AND p.dismissed_at IS NULL
        ${after === null ? '' : 'AND (p.occurred_at, p.video_id) < (?, ?)'}
      ${NEWEST_FIRST}`,
    parameters: place,
  };
}

/** Unreadable files, newest first, without those that the person dismissed. */
export function listProblems(
  database: Connection,
  { after, limit }: Procedures['listProblems']['request'],
): Procedures['listProblems']['response'] {
  const { sql, parameters } = problemsSql(after);
  const rows = database.prepare<unknown[], ProblemRow>(sql).all(...parameters, limit);
  const last = rows.at(-1);
  return {
    problems: rows.map((row) => ({
      id: row.id,
      path: pathOf(row),
      name: row.name,
      problem: problemOf(row),
    })),
    next: last && rows.length === limit ? encodeCursor(ORDER, [last.occurredAt, last.id]) : null,
  };
}

/** The first of the selected problems with what a report says of them, and how many there are. */
export function reportProblems(
  database: Connection,
  { selection, limit }: Procedures['reportProblems']['request'],
): Procedures['reportProblems']['response'] {
  const { sql, parameters } = selectedProblems(selection);
  return database.transaction(() => {
    const rows = database
      .prepare<unknown[], ProblemRow>(`SELECT ${COLUMNS} ${sql} ${NEWEST_FIRST}`)
      .all(...parameters, limit);
    const count = database
      .prepare<unknown[], { total: number }>(`SELECT count(*) AS total ${sql}`)
      .get(...parameters);
    return {
      problems: rows.map((row) => ({
        path: pathOf(row),
        sizeBytes: row.sizeBytes,
        mtimeMs: row.mtimeMs,
        problem: problemOf(row),
      })),
      total: count?.total ?? 0,
    };
  })();
}

function pathOf({ rootPath, folder, name }: ProblemRow): string {
  return absolutePath(rootPath, folder, name);
}

function problemOf({ stage, code, message, toolOutput, occurredAt }: ProblemRow): Problem {
  return { stage, code, message, toolOutput, occurredAt };
}
