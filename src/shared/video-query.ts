import { z } from 'zod';

/** Orders that the library has an index for. */
export const SORT_KEYS = [
  'name',
  'folder',
  'added',
  'modified',
  'duration',
  'size',
  'resolution',
  'frameRate',
  'bitRate',
  'videoCodec',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Which videos: the whole library or one of the sidebar's entries. */
export const videoScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all') }),
  /** Added within the last 30 days. */
  z.object({ type: z.literal('recent') }),
  z.object({ type: z.literal('problems') }),
  z.object({ type: z.literal('missing') }),
  z.object({ type: z.literal('root'), rootId: z.number().int() }),
]);
export type VideoScope = z.infer<typeof videoScopeSchema>;

/** By what videos are counted and can be filtered, beside scope and search. */
export const FACETS = [
  'state',
  'root',
  'container',
  'videoCodec',
  'audioCodec',
  /** The lines of the nearest common size that the picture reaches: 2160 for anything that is called 4K. */
  'resolution',
  /** Frames a second, rounded: 24 for 24000/1001. */
  'frameRate',
  /** In seconds, the least of the class: 0, 60, 600 or 3600. */
  'duration',
  'hdr',
  'bitDepth',
  'rotation',
  'audioChannels',
  /** 1 or 0, as all that is yes or no. */
  'variableFrameRate',
  /** Of the sound, by code; `und` where the file does not say. A video may have several. */
  'language',
  /** Languages of the subtitles in the same way. */
  'subtitles',
  /** Make and model. */
  'camera',
  /** Names of tags; a video may have several. */
  'tag',
  'rating',
  'label',
  'favourite',
  /** Names of collections; a video may be in several. */
  'collection',
  /** The drive's or share's own name. */
  'volume',
  /** Codes of problems that were not dismissed. */
  'problem',
  /** Whether another video that is there has the same content. */
  'duplicate',
  'addedYear',
  'modifiedYear',
  'recordedYear',
] as const;
export type Facet = (typeof FACETS)[number];

/** Null: not known, or there is none. */
const facetValueSchema = z.union([z.string().max(200), z.number(), z.null()]);
export type FacetValue = z.infer<typeof facetValueSchema>;

/** How many videos have a value. */
export const facetCountSchema = z.object({ value: facetValueSchema, count: z.number() });
export type FacetCount = z.infer<typeof facetCountSchema>;

/** Of a query's text, in UTF-16 units. */
export const MAX_QUERY_LENGTH = 500;

export const videoQuerySchema = z.object({
  scope: videoScopeSchema,
  /** Words and typed terms in the query language, see `query/`. What cannot be understood of it is left out. */
  search: z.string().max(MAX_QUERY_LENGTH),
  /** A video passes that has one of the values of every facet that is named. */
  filters: z.partialRecord(z.enum(FACETS), z.array(facetValueSchema).min(1).max(100)).optional(),
  sort: z.enum(SORT_KEYS),
  descending: z.boolean(),
});
export type VideoQuery = z.infer<typeof videoQuerySchema>;

export const EVERYTHING: VideoQuery = {
  scope: { type: 'all' },
  search: '',
  sort: 'name',
  descending: false,
};
