import { FACETS, type FacetValue, type VideoQuery } from '../shared/video-query';
import type { Connection } from './connection';
import { FACET_SQL } from './facets';
import { fold } from './fold';

/** How long a video counts as recently added. */
export const RECENT_MS = 30 * 24 * 60 * 60 * 1000;

/** The trigram index knows nothing shorter. */
const SHORTEST_INDEXED = 3;
const MOST_WORDS = 20;

/** Of the table `v` (videos). */
export const NOT_DISMISSED = `NOT EXISTS (
  SELECT 1 FROM problems WHERE video_id = v.id AND dismissed_at IS NOT NULL)`;

/** Conditions on the tables `v` (videos), all of which must hold. */
export interface VideoFilter {
  where: string[];
  parameters: FacetValue[];
}

/** What the query lets through, apart from leaving out folders that were removed. */
export function filterOf({ scope, search, filters }: VideoQuery, now: number): VideoFilter {
  const conditions = [...searchWords(search).map(wordCondition), ...facetConditions(filters)];
  const where = conditions.map(({ condition }) => condition);
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

/** The folded words of what a person typed. */
export function searchWords(search: string): string[] {
  return [...new Set(fold(search).split(/\s+/).filter(Boolean))].slice(0, MOST_WORDS);
}

interface Condition {
  condition: string;
  parameters: FacetValue[];
}

/** Lets statements of a connection ask whether a text contains a folded word, as {@link filterOf} does. */
export function addWordSearch(database: Connection): void {
  database.function('contains_word', { deterministic: true }, (text, word) =>
    fold(text as string).includes(word as string) ? 1 : 0,
  );
}

/** Selects the IDs of the folders whose path contains a word; the statement has the one parameter. */
export function foldersWith(word: string): { sql: string; parameter: string } {
  const indexed = [...word].length >= SHORTEST_INDEXED;
  return {
    sql: `SELECT rowid FROM folder_search WHERE ${indexed ? 'folder_search MATCH ?' : 'instr(path, ?) > 0'}`,
    // Quoted, a word is only text: operators of the query language lose their meaning.
    parameter: indexed ? `"${word.replaceAll('"', '""')}"` : word,
  };
}

function wordCondition(word: string): Condition {
  const { sql, parameter } = foldersWith(word);
  return {
    condition: `(contains_word(v.name, ?) OR v.folder_id IN (${sql}))`,
    parameters: [word, parameter],
  };
}

function facetConditions(filters: VideoQuery['filters'] = {}): Condition[] {
  return FACETS.flatMap((facet) => {
    const values = filters[facet];
    if (!values) return [];
    // Unlike IN, IS finds what is not known too. The plus keeps a column from taking a text for a number.
    const is = values.map(() => `+(${FACET_SQL[facet]}) IS ?`).join(' OR ');
    return [{ condition: `(${is})`, parameters: values }];
  });
}
