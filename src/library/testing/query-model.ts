import { type FieldName, fieldNamed } from '../../shared/query/fields';
import type { QueryNode, QueryValue } from '../../shared/query/query-node';
import { rangeOf } from '../../shared/query/ranges';
import type { Facet, FacetValue } from '../../shared/video-query';
import { fold } from '../fold';
import { FOLDERS, NOW, ROOTS } from './library-model';
import { cameraOf, type KnownVideo, VALUES_OF } from './values-of';

/** What a field is about, as a person would look it up. */
const FIELD_VALUES: Record<FieldName, (video: KnownVideo) => FacetValue[]> = {
  name: ({ name }) => [name],
  folder: ({ folder }) => [FOLDERS[folder] ?? ''],
  tag: VALUES_OF.tag,
  note: ({ note }) => [note],
  camera: (video) => [cameraOf(video)],
  codec: VALUES_OF.videoCodec,
  container: VALUES_OF.container,
  resolution: VALUES_OF.resolution,
  width: ({ size }) => [size?.[0] ?? null],
  height: ({ size }) => [size?.[1] ?? null],
  duration: ({ durationUs }) => [durationUs],
  fps: ({ frameRate }) => [frameRate],
  vfr: VALUES_OF.variableFrameRate,
  hdr: VALUES_OF.hdr,
  depth: VALUES_OF.bitDepth,
  rotation: VALUES_OF.rotation,
  audio: VALUES_OF.audioCodec,
  channels: VALUES_OF.audioChannels,
  language: VALUES_OF.language,
  subtitles: VALUES_OF.subtitles,
  size: ({ sizeBytes }) => [sizeBytes],
  bitrate: ({ bitRate }) => [bitRate],
  added: ({ addedAt }) => [addedAt],
  modified: ({ mtimeMs }) => [mtimeMs],
  recorded: ({ recordedAt }) => [recordedAt],
  rating: VALUES_OF.rating,
  label: VALUES_OF.label,
  favourite: VALUES_OF.favourite,
  collection: VALUES_OF.collection,
  volume: VALUES_OF.volume,
  root: ({ root }) => [ROOTS[root] ?? null],
  state: VALUES_OF.state,
  problem: VALUES_OF.problem,
  duplicate: VALUES_OF.duplicate,
};

const FACETS_OF: Partial<Record<FieldName, Facet>> = {
  codec: 'videoCodec',
  audio: 'audioCodec',
  channels: 'audioChannels',
  depth: 'bitDepth',
  vfr: 'variableFrameRate',
  fps: 'frameRate',
  added: 'addedYear',
  modified: 'modifiedYear',
  recorded: 'recordedYear',
};

/** @param without terms that are about this facet alone, and stand beside all others, are left aside */
export function matchesQuery(node: QueryNode | null, video: KnownVideo, without?: Facet): boolean {
  const parts = node?.type === 'and' ? node.parts : node ? [node] : [];
  return parts.every((part) => isAbout(part, without) || matches(part, video));
}

function isAbout(node: QueryNode, facet: Facet | undefined): boolean {
  if (facet === undefined || node.type === 'text') return false;
  if (node.type === 'not') return isAbout(node.part, facet);
  if (node.type === 'field') return (FACETS_OF[node.field] ?? node.field) === facet;
  return node.parts.every((part) => isAbout(part, facet));
}

function matches(node: QueryNode, video: KnownVideo): boolean {
  switch (node.type) {
    case 'and':
      return node.parts.every((part) => matches(part, video));
    case 'or':
      return node.parts.some((part) => matches(part, video));
    case 'not':
      return !matches(node.part, video);
    case 'text': {
      const { name, note, folder, tagNames } = video;
      const texts = [name, note, FOLDERS[folder] ?? '', cameraOf(video), ...tagNames];
      return texts.some((text) => text !== null && occurs(text, node.text, node.isPrefix));
    }
    case 'field': {
      const values = FIELD_VALUES[node.field](video);
      return node.values.some((wanted) => values.some((one) => isMet(node.field, wanted, one)));
    }
  }
}

function isMet(name: FieldName, wanted: QueryValue, value: FacetValue): boolean {
  const field = fieldNamed(name);
  if (wanted.type === 'none') return value === null;
  if (value === null) return false;
  switch (wanted.type) {
    case 'any':
      return true;
    case 'flag':
      return value === Number(wanted.isSet);
    case 'text': {
      if (field.kind.type === 'text' || wanted.isPrefix) {
        return occurs(String(value), wanted.text, wanted.isPrefix);
      }
      return fold(String(value)).replaceAll('_', '-') === fold(wanted.text);
    }
    default: {
      const { from, to } = rangeOf(field, wanted, NOW);
      return Number(value) >= from && Number(value) <= to;
    }
  }
}

function occurs(text: string, wanted: string, isPrefix: boolean): boolean {
  const [whole, part] = [fold(text), fold(wanted)];
  const places = Array.from({ length: whole.length }, (_, index) => index);
  return places.some(
    (at) => whole.startsWith(part, at) && !(isPrefix && /[\p{L}\p{N}]$/u.test(whole.slice(0, at))),
  );
}
