import { describe, expect, it } from 'vitest';
import { FACETS, type FacetValue } from '../video-query';
import { facetTerm } from './facet-term';
import { fieldNamed, QUERY_FIELDS } from './fields';
import { QUERY_SYNTAX } from './help';
import { parseQuery } from './parse';
import { printQuery } from './print';

const errorsOf = (text: string) => parseQuery(text).errors;

describe('the table of fields', () => {
  it('calls no two fields by one name', () => {
    for (const field of QUERY_FIELDS) {
      for (const name of [field.name, ...field.aliases]) {
        expect([name, fieldNamed(name)?.name]).toEqual([name, field.name]);
      }
    }
  });

  it.each(QUERY_FIELDS.map(({ name, examples }) => [name, examples]))(
    'has examples of %s that can be typed',
    (name, examples) => {
      const { node, errors } = parseQuery(examples);
      expect(errors).toEqual([]);
      expect(node?.type === 'and' ? node.parts : [node]).toEqual(
        expect.arrayContaining([expect.objectContaining({ field: name })]),
      );
    },
  );
});

it.each(QUERY_SYNTAX)('$example of the help can be typed', ({ example }) => {
  expect(errorsOf(example)).toEqual([]);
});

describe('a value of a facet', () => {
  const values: Partial<Record<(typeof FACETS)[number], FacetValue>> = {
    ...{ state: 'missing', resolution: 2160, duration: 60, hdr: 'Dolby Vision', favourite: 1 },
    ...{ variableFrameRate: 0, duplicate: 1, tag: 'a, "b" or none', problem: 'NOT_MEDIA' },
    ...{ language: 'und', addedYear: 2023, modifiedYear: 1970, recordedYear: 2024, rating: 4 },
    ...{ rotation: 90, audioChannels: 6, bitDepth: 10, frameRate: 24 },
  };

  it.each(FACETS.filter((facet) => facet !== 'root'))('has a text of its own: %s', (facet) => {
    const term = facetTerm(facet, values[facet] ?? 'some name') ?? '';
    expect(term).not.toBe('');
    expect(errorsOf(term)).toEqual([]);
    expect(printQuery(parseQuery(term).node)).toBe(term);
  });

  it('that is not known has one too', () => {
    expect(facetTerm('tag', null)).toBe('tag:none');
    expect(facetTerm('duration', null)).toBe('duration:none');
    expect(facetTerm('root', 1)).toBeNull();
  });
});
