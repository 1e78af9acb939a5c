import { CAMERA_SQL, COLUMN_SQL, SET_COLUMNS } from './column-sql';
import type { Column, Condition } from './condition';
import type { TextTest, ValueTest } from './value-test';

/** The trigram index knows nothing shorter. */
const SHORTEST_INDEXED = 3;

/** A condition on the table `v` (videos), with its parameters in turn. */
export interface ConditionSql {
  sql: string;
  parameters: string[];
}

/** For connections with `addQueryFunctions`. */
export function conditionSql(condition: Condition): ConditionSql {
  switch (condition.type) {
    case 'all':
      if (condition.parts.length === 0) return { sql: 'true', parameters: [] };
      return joined(condition.parts.map(conditionSql), ' AND ');
    case 'any':
      return joined(condition.parts.map(conditionSql), ' OR ');
    case 'not': {
      const { sql, parameters } = conditionSql(condition.part);
      return { sql: `NOT ${sql}`, parameters };
    }
    case 'anywhere':
      return joined(
        TEXT_COLUMNS.map((column) => columnSql(column, condition.test)),
        ' OR ',
      );
    case 'column':
      return columnSql(condition.column, condition.test);
  }
}

/** Where words are looked for. */
const TEXT_COLUMNS = ['name', 'folder', 'note', 'tag', 'camera'] as const;

/** Texts that few videos have are looked at only where there is one. */
const SPARSE_TEXTS: Partial<Record<Column, string>> = {
  note: 'EXISTS (SELECT 1 FROM user_data WHERE video_id = v.id AND passes(?, note))',
  camera: `EXISTS (SELECT 1 FROM video_details WHERE video_id = v.id AND passes(?, ${CAMERA_SQL}))`,
  tag: `EXISTS (SELECT 1 FROM video_tags WHERE video_id = v.id
    AND tag_id IN (SELECT id FROM tags WHERE passes(?, name)))`,
};

function joined(parts: readonly ConditionSql[], operator: string): ConditionSql {
  return {
    sql: `(${parts.map(({ sql }) => sql).join(operator)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function columnSql(column: Column, test: ValueTest): ConditionSql {
  const passes = JSON.stringify(test);
  const isText = test.type === 'contains' || test.type === 'startsWord';
  if (column === 'folder' && isText) {
    const folders = foldersWith(test);
    return {
      sql: `v.folder_id IN (SELECT rowid FROM folder_search WHERE ${folders.sql} AND passes(?, path))`,
      parameters: [folders.parameter, passes],
    };
  }
  const sparse = isText ? SPARSE_TEXTS[column] : undefined;
  if (sparse !== undefined) return { sql: sparse, parameters: [passes] };
  const compare = SET_COLUMNS.includes(column) ? 'one_passes' : 'passes';
  return { sql: `${compare}(?, ${COLUMN_SQL[column]})`, parameters: [passes] };
}

/** A condition on the table `folder_search`: the path contains the text. It has one parameter. */
export function foldersWith({ text }: TextTest): { sql: string; parameter: string } {
  const isIndexed = [...text].length >= SHORTEST_INDEXED;
  return {
    sql: isIndexed ? 'folder_search MATCH ?' : 'instr(path, ?) > 0',
    // Quoted, a text is only text: operators of the index's own query language lose their meaning.
    parameter: isIndexed ? `"${text.replaceAll('"', '""')}"` : text,
  };
}
