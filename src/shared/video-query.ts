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
const videoScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all') }),
  /** Added within the last 30 days. */
  z.object({ type: z.literal('recent') }),
  z.object({ type: z.literal('problems') }),
  z.object({ type: z.literal('missing') }),
  z.object({ type: z.literal('root'), rootId: z.number().int() }),
]);
export type VideoScope = z.infer<typeof videoScopeSchema>;

export const videoQuerySchema = z.object({
  scope: videoScopeSchema,
  /** Words that must all occur in the name or the folder; accents and case do not matter. */
  search: z.string().max(500),
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
