import { languageCode, NO_LANGUAGE } from '../../shared/query/languages';
import type { FacetValue } from '../../shared/video-query';
import type { Connection } from '../connection';
import { LruMap } from '../lru-map';
import { predicateOf, type ValueTest } from './value-test';
import { yearOf } from './years';

/** A statement has few tests, and many rows. */
const KEPT_TESTS = 100;

/**
 * Lets statements of a connection ask what `conditionSql` asks: whether a value, or one of a JSON array, passes a test
 * that is given as JSON.
 */
export function addQueryFunctions(database: Connection): void {
  const predicates = new LruMap<string, ReturnType<typeof predicateOf>>(KEPT_TESTS);
  const predicate = (test: string) =>
    predicates.getOrMake(test, () => predicateOf(JSON.parse(test) as ValueTest));
  const options = { deterministic: true };
  database.function('passes', options, (test, value) =>
    Number(predicate(test as string)(value as FacetValue)),
  );
  database.function('one_passes', options, (test, json) => {
    const values = JSON.parse(json as string) as FacetValue[];
    const passes = predicate(test as string);
    return Number(values.length === 0 ? passes(null) : values.some(passes));
  });
  database.function('language_of', options, (text) => codeOf(text as string | null));
  database.function('year_of', (milliseconds) => yearOf(milliseconds as number | null));
}

/** The code of what a stream says of its language. */
export function codeOf(language: string | null): string {
  return language === null || language === '' ? NO_LANGUAGE : languageCode(language);
}
