import type { LibraryApi } from '../shared/library-protocol';
import type { Problem } from '../shared/media';
import type { Connection } from './connection';
import { decodeCursor, encodeCursor } from './cursor';
import { absolutePath } from './video-path';

type Procedure = LibraryApi['procedures']['listProblems'];

interface ProblemRow extends Problem {
  id: number;
  rootPath: string;
  folder: string;
  name: string;
}

const ORDER = 'problems';

/** The statement for a page; its last parameter is the limit. */
export function problemsSql(after: string | null) {
  const place = after === null ? [] : decodeCursor(ORDER, 2, after);
  return {
    sql: `
      SELECT v.id, r.path AS rootPath, f.path AS folder, v.name, p.stage, p.code, p.message,
        p.tool_output AS toolOutput, p.occurred_at AS occurredAt
      FROM problems p INDEXED BY problems_by_time CROSS JOIN videos v ON v.id = p.video_id
        CROSS JOIN folders f ON f.id = v.folder_id CROSS JOIN roots r ON r.id = v.root_id
      WHERE v.state = 'unreadable' AND r.removed_at IS NULL
        ${after === null ? '' : 'AND (p.occurred_at, p.video_id) < (?, ?)'}
      ORDER BY p.occurred_at DESC, p.video_id DESC LIMIT ?`,
    parameters: place,
  };
}

/** Unreadable files, newest first. */
export function listProblems(
  database: Connection,
  { after, limit }: Procedure['request'],
): Procedure['response'] {
  const { sql, parameters } = problemsSql(after);
  const rows = database.prepare<unknown[], ProblemRow>(sql).all(...parameters, limit);
  const last = rows.at(-1);
  return {
    problems: rows.map(({ id, rootPath, folder, name, ...problem }) => ({
      id,
      path: absolutePath(rootPath, folder, name),
      name,
      problem,
    })),
    next: last && rows.length === limit ? encodeCursor(ORDER, [last.occurredAt, last.id]) : null,
  };
}
