import { type FieldName, fieldNamed } from '../../shared/query/fields';
import { parseQuery } from '../../shared/query/parse';
import type { FieldNode, QueryNode, QueryValue } from '../../shared/query/query-node';
import { rangeOf } from '../../shared/query/ranges';
import { FACETS, type Facet, type VideoQuery } from '../../shared/video-query';
import { fold } from '../fold';
import type { TextTest, ValueTest } from './value-test';

/** What a condition can be on: facets, and what there are too many values of to be counted. */
export type Column =
  | Facet
  | 'name'
  | 'folder'
  | 'note'
  | 'rootPath'
  | 'width'
  | 'height'
  | NumberColumn;

/** In bytes, bits a second, microseconds, frames a second, and milliseconds since epoch. */
export type NumberColumn =
  | 'sizeBytes'
  | 'bitRate'
  | 'durationUs'
  | 'exactFrameRate'
  | 'addedAt'
  | 'modifiedAt'
  | 'recordedAt';

/** What a video must meet. */
export type Condition =
  | { type: 'all' | 'any'; parts: readonly Condition[] }
  | { type: 'not'; part: Condition }
  /** The text is in the name, the folder, a tag, the note or the camera. */
  | { type: 'anywhere'; test: TextTest }
  | { type: 'column'; column: Column; test: ValueTest };

/** One of the conditions of a query, all of which must hold. */
export interface Conjunct {
  condition: Condition;
  /** The facet that it chooses values of, which leaves it aside when its values are counted. */
  facet: Facet | null;
}

const COLUMN_OF: Readonly<Record<FieldName, Column>> = {
  name: 'name',
  folder: 'folder',
  tag: 'tag',
  note: 'note',
  camera: 'camera',
  codec: 'videoCodec',
  container: 'container',
  resolution: 'resolution',
  width: 'width',
  height: 'height',
  duration: 'durationUs',
  fps: 'exactFrameRate',
  vfr: 'variableFrameRate',
  hdr: 'hdr',
  depth: 'bitDepth',
  rotation: 'rotation',
  audio: 'audioCodec',
  channels: 'audioChannels',
  language: 'language',
  subtitles: 'subtitles',
  size: 'sizeBytes',
  bitrate: 'bitRate',
  added: 'addedAt',
  modified: 'modifiedAt',
  recorded: 'recordedAt',
  rating: 'rating',
  label: 'label',
  favourite: 'favourite',
  collection: 'collection',
  volume: 'volume',
  root: 'rootPath',
  state: 'state',
  problem: 'problem',
  duplicate: 'duplicate',
};

/** Facets by the columns that say the same in more detail. */
const FACET_OF: Partial<Record<Column, Facet>> = {
  durationUs: 'duration',
  exactFrameRate: 'frameRate',
  addedAt: 'addedYear',
  modifiedAt: 'modifiedYear',
  recordedAt: 'recordedYear',
  rootPath: 'root',
};

/** What the text and the filters of a query ask for. Scope and folders that were removed are not in it. */
export function conjunctsOf(
  { search, filters = {} }: Pick<VideoQuery, 'search' | 'filters'>,
  now: number,
): Conjunct[] {
  const { node } = parseQuery(search);
  const parts = node?.type === 'and' ? node.parts : node ? [node] : [];
  return [
    ...parts.map((part) => ({ condition: conditionOf(part, now), facet: facetOf(part) })),
    ...FACETS.flatMap((facet): Conjunct[] => {
      const values = filters[facet];
      if (!values) return [];
      const test = { type: 'oneOf', values } as const;
      return [{ condition: { type: 'column', column: facet, test }, facet }];
    }),
  ];
}

function conditionOf(node: QueryNode, now: number): Condition {
  switch (node.type) {
    case 'and':
    case 'or': {
      const parts = node.parts.map((part) => conditionOf(part, now));
      return { type: node.type === 'and' ? 'all' : 'any', parts };
    }
    case 'not':
      return { type: 'not', part: conditionOf(node.part, now) };
    case 'text': {
      const test = textTest(node);
      return isEmpty(test) ? ALWAYS : { type: 'anywhere', test };
    }
    case 'field':
      return fieldCondition(node, now);
  }
}

function fieldCondition({ field, values }: FieldNode, now: number): Condition {
  const column = COLUMN_OF[field];
  const parts = values.map((value): Condition => {
    const test = valueTest(field, value, now);
    return isEmpty(test) ? ALWAYS : { type: 'column', column, test };
  });
  const [only] = parts;
  return only && parts.length === 1 ? only : { type: 'any', parts };
}

function valueTest(field: FieldName, value: QueryValue, now: number): ValueTest {
  const known = fieldNamed(field);
  switch (value.type) {
    case 'none':
      return { type: 'absent' };
    case 'any':
      return { type: 'present' };
    case 'flag':
      return { type: 'oneOf', values: [value.isSet ? 1 : 0] };
    case 'is':
    case 'compare':
    case 'between':
      return { type: 'range', ...rangeOf(known, value, now) };
    case 'text': {
      // Paths are kept with one kind of slash, and codes with underscores.
      const text = field === 'folder' ? value.text.replaceAll('\\', '/') : value.text;
      if (known.kind.type === 'text' || value.isPrefix) return textTest({ ...value, text });
      return { type: 'is', text: fold(field === 'problem' ? text.replaceAll('-', '_') : text) };
    }
  }
}

function textTest({ text, isPrefix }: { text: string; isPrefix: boolean }): TextTest {
  return { type: isPrefix ? 'startsWord' : 'contains', text: fold(text) };
}

const ALWAYS: Condition = { type: 'all', parts: [] };

/** Nothing is left of a text that is only accents: it is everywhere. */
function isEmpty(test: ValueTest): boolean {
  return (test.type === 'contains' || test.type === 'startsWord') && test.text === '';
}

/** Null unless the whole condition is about one facet. */
function facetOf(node: QueryNode): Facet | null {
  switch (node.type) {
    case 'text':
      return null;
    case 'not':
      return facetOf(node.part);
    case 'and':
    case 'or': {
      const [first = null, ...others] = new Set(node.parts.map(facetOf));
      return others.length === 0 ? first : null;
    }
    case 'field': {
      const column = COLUMN_OF[node.field];
      return FACET_OF[column] ?? FACETS.find((facet) => facet === column) ?? null;
    }
  }
}
