import type { Facet, FacetValue } from '../video-query';
import { type FieldName, fieldNamed } from './fields';
import { printValue } from './print';

/** Facets of which a value is a value of a field too. */
const FIELD_OF: Readonly<Record<Exclude<Facet, 'root' | 'duration'>, FieldName>> = {
  state: 'state',
  container: 'container',
  videoCodec: 'codec',
  audioCodec: 'audio',
  resolution: 'resolution',
  frameRate: 'fps',
  hdr: 'hdr',
  bitDepth: 'depth',
  rotation: 'rotation',
  audioChannels: 'channels',
  variableFrameRate: 'vfr',
  language: 'language',
  subtitles: 'subtitles',
  camera: 'camera',
  tag: 'tag',
  rating: 'rating',
  label: 'label',
  favourite: 'favourite',
  collection: 'collection',
  volume: 'volume',
  problem: 'problem',
  duplicate: 'duplicate',
  addedYear: 'added',
  modifiedYear: 'modified',
  recordedYear: 'recorded',
};

const RESOLUTION_NAMES: Readonly<Record<number, string>> = { 480: 'sd', 2160: '4k', 4320: '8k' };

const DURATION_TERMS: Readonly<Record<number, string>> = {
  0: 'duration:<1m',
  60: 'duration:>=1m duration:<10m',
  600: 'duration:>=10m duration:<1h',
  3600: 'duration:>=1h',
};

/** The facet whose values a field's values are; null where there is none. */
export function facetOfField(field: FieldName): Facet | null {
  const entry = Object.entries(FIELD_OF).find(([, name]) => name === field);
  return field === 'root' ? 'root' : ((entry?.[0] ?? null) as Facet | null);
}

/**
 * What a person would type to choose a value of a facet.
 * @returns null where a value has no text of its own: roots have their paths
 */
export function facetTerm(facet: Facet, value: FacetValue): string | null {
  if (facet === 'root') return null;
  if (facet === 'duration') {
    return value === null ? 'duration:none' : (DURATION_TERMS[Number(value)] ?? null);
  }
  const field = FIELD_OF[facet];
  const text = fieldValueText(field, value);
  return text === null ? null : `${field}:${text}`;
}

/** A facet's value as it stands behind a field; null where the field has no such value. */
export function fieldValueText(name: FieldName, value: FacetValue): string | null {
  const { kind, isOptional } = fieldNamed(name);
  if (value === null) return isOptional ? 'none' : null;
  switch (kind.type) {
    case 'flag':
      return value === 1 ? 'yes' : 'no';
    case 'date':
      return String(value).padStart(4, '0');
    case 'number':
      return name === 'resolution' ? (RESOLUTION_NAMES[Number(value)] ?? `${value}p`) : `${value}`;
    case 'choice':
    case 'text': {
      const spelt = kind.type === 'choice' && kind.spelling;
      const text = spelt ? spelt(String(value).toLowerCase()) : String(value);
      return printValue({ type: 'text', text, isPrefix: false });
    }
  }
}
