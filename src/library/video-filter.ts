import type { VideoQuery } from '../shared/video-query';
import { NOT_DISMISSED } from './facets';
import { conjunctsOf } from './query/condition';
import { conditionSql } from './query/condition-sql';

/** How long a video counts as recently added. */
export const RECENT_MS = 30 * 24 * 60 * 60 * 1000;

/** Conditions on the table `v` (videos), all of which must hold. */
export interface VideoFilter {
  where: string[];
  parameters: (string | number)[];
}

/**
 * What the query lets through, apart from leaving out folders that were removed. For connections with
 * `addQueryFunctions`.
 */
export function filterOf(query: VideoQuery, now: number): VideoFilter {
  const { scope } = query;
  const conditions = conjunctsOf(query, now).map(({ condition }) => conditionSql(condition));
  const where = conditions.map(({ sql }) => sql);
  const parameters = conditions.flatMap((condition) => condition.parameters);
  switch (scope.type) {
    case 'all':
      return { where, parameters };
    case 'recent':
      return {
        where: ['v.added_at >= ?', ...where],
        parameters: [now - RECENT_MS, ...parameters],
      };
    case 'problems':
      return { where: ["v.state = 'unreadable'", NOT_DISMISSED, ...where], parameters };
    case 'missing':
      return { where: ["v.state = 'missing'", ...where], parameters };
    case 'root':
      return { where: ['v.root_id = ?', ...where], parameters: [scope.rootId, ...parameters] };
  }
}
