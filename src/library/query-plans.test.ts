import { describe, expect, it } from 'vitest';
import { EVERYTHING, SORT_KEYS, type VideoQuery } from '../shared/video-query';
import type { Connection } from './connection';
import { openLibraryFile } from './open';
import { NEXT_DUE_SQL } from './previews/due-videos';
import { problemsSql } from './problem-list';
import { libraryFixture } from './testing/library-fixture';
import { idsSql, placeColumns, stretchesAfter } from './video-order';
import { keysetSql } from './video-pages';

const { temporaryFolder } = libraryFixture();

function planOf(database: Connection, sql: string, parameters: readonly unknown[]): string {
  return database
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail)
    .join('\n');
}

const SORTING = /TEMP B-TREE/;

describe('the query plan', () => {
  const database = () => openLibraryFile(temporaryFolder(), 'write');

  it('of a list reads one index in its order and nothing else', () => {
    const file = database();
    for (const sort of SORT_KEYS) {
      for (const descending of [false, true]) {
        const place = placeColumns(sort).map((_, index) => index);
        for (const after of [null, place]) {
          for (const stretch of stretchesAfter(sort, descending, after)) {
            const plan = planOf(file.database, idsSql(stretch), stretch.parameters);
            expect(plan).toMatch(/USING COVERING INDEX videos_by_/);
            expect(plan).not.toMatch(SORTING);
          }
        }
      }
    }
    file.close();
  });

  it.each(['all', 'root'] as const)('of a page goes on from its place by an index: %s', (type) => {
    const file = database();
    const scope: VideoQuery['scope'] = type === 'root' ? { type, rootId: 1 } : { type };
    for (const sort of SORT_KEYS) {
      for (const descending of [false, true]) {
        const query: VideoQuery = { ...EVERYTHING, scope, sort, descending };
        const place = placeColumns(sort).map((_, index) => index);
        const hasUnknown = stretchesAfter(sort, descending, null).length > 1;
        for (const after of [null, place, ...(hasUnknown ? [[null, 5]] : [])]) {
          for (const stretch of stretchesAfter(sort, descending, after)) {
            const { sql, parameters } = keysetSql(query, stretch, 0);
            const plan = planOf(file.database, sql, [...parameters, 100]);
            expect(plan).not.toMatch(SORTING);
            expect(plan).toMatch(/(videos|v) .*USING (COVERING )?INDEX videos_by_/);
            if (after && stretch.parameters.length > 0) {
              expect(plan).toMatch(/SEARCH (v|f) USING .*\(.*[<>]/);
            }
            if (stretch.where.some((condition) => condition.includes(' = ?'))) {
              expect(plan).toMatch(/SEARCH v USING .*\(\w+=\? AND \w+[<>]\?\)/);
            }
          }
        }
      }
    }
    file.close();
  });

  it('of the next preview reads one index in its order, for each root', () => {
    const file = database();
    const plan = planOf(file.database, NEXT_DUE_SQL, [1, 2, 3]);
    expect(plan).not.toMatch(SORTING);
    expect(plan).toMatch(
      /SEARCH v USING INDEX videos_with_previews_due \(root_id=\? AND previews_due=\? AND rowid<\?\)/,
    );
    file.close();
  });

  it('of the problems goes on from its place by an index', () => {
    const file = database();
    const after = Buffer.from('["problems",1,2]').toString('base64url');
    for (const cursor of [null, after]) {
      const { sql, parameters } = problemsSql(cursor);
      const plan = planOf(file.database, sql, [...parameters, 100]);
      expect(plan).not.toMatch(SORTING);
      expect(plan).toMatch(/p USING INDEX problems_by_time/);
    }
    file.close();
  });
});
