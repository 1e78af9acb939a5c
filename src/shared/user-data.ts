import { z } from 'zod';
import { colourSchema } from './edit';

const count = z.number().int();

/** A tag, with how many videos have it. */
export const tagSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  colour: colourSchema.nullable(),
  videos: count,
});
export type Tag = z.infer<typeof tagSchema>;

/** A hand-made set, with how many videos are in it. */
export const collectionSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  videos: count,
});
export type Collection = z.infer<typeof collectionSchema>;

function commonValue<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('common'), value }),
    /** The most frequent first. */
    z.object({ kind: z.literal('mixed'), counts: z.array(z.object({ value, videos: count })) }),
  ]);
}

/** What several videos have in common. A tag or collection of all of them has as many videos as there are. */
export const commonUserDataSchema = z.object({
  videos: count,
  rating: commonValue(z.number().nullable()),
  label: commonValue(colourSchema.nullable()),
  favourite: commonValue(z.boolean()),
  note: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('common'), value: z.string().nullable() }),
    z.object({ kind: z.literal('mixed'), withNote: count }),
  ]),
  tags: z.array(tagSchema),
  collections: z.array(collectionSchema),
});
export type CommonUserData = z.infer<typeof commonUserDataSchema>;
