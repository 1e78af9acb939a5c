import { z } from 'zod';
import { videoQuerySchema } from './video-query';

/** Names of the colours that tags and labels have; the interface decides how each looks in either theme. */
export const COLOURS = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
  'grey',
] as const;
export const colourSchema = z.enum(COLOURS);
export type Colour = z.infer<typeof colourSchema>;

/** Most videos that a request may name one by one; more are selected by a query. */
const MOST_NAMED = 100_000;
const MOST_TAGS = 100;

const id = z.number().int().positive();

export const ratingSchema = z.number().int().min(0).max(5);
export const nameSchema = z.string().trim().min(1).max(200);
export const noteSchema = z.string().max(20_000);

/** Some videos, or all that a query lets through but some: so that whoever selects all of them names none. */
export const selectionSchema = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(MOST_NAMED) }),
  z.strictObject({ query: videoQuerySchema, except: z.array(id).max(MOST_NAMED) }),
]);
export type Selection = z.infer<typeof selectionSchema>;

/** A tag by its ID, or by a name that is made a tag if it is none yet. */
const tagReferenceSchema = z.union([id, nameSchema]);

const collection = { collectionId: id };
const selection = { selection: selectionSchema };

/** Every edit of user data that can be undone. */
export const editCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('addTags'),
    ...selection,
    tags: z.array(tagReferenceSchema).min(1).max(MOST_TAGS),
  }),
  z.strictObject({
    type: z.literal('removeTags'),
    ...selection,
    tagIds: z.array(id).min(1).max(MOST_TAGS),
  }),
  /** Null: not rated. */
  z.strictObject({ type: z.literal('rate'), ...selection, rating: ratingSchema.nullable() }),
  z.strictObject({ type: z.literal('label'), ...selection, label: colourSchema.nullable() }),
  z.strictObject({ type: z.literal('favourite'), ...selection, favourite: z.boolean() }),
  /** A note of nothing but white space is none. */
  z.strictObject({ type: z.literal('note'), ...selection, note: noteSchema.nullable() }),

  z.strictObject({
    type: z.literal('createTag'),
    name: nameSchema,
    colour: colourSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('renameTag'), tagId: id, name: nameSchema }),
  z.strictObject({ type: z.literal('colourTag'), tagId: id, colour: colourSchema.nullable() }),
  /** Videos with one of the tags have `into` instead; the tags go. */
  z.strictObject({
    type: z.literal('mergeTags'),
    tagIds: z.array(id).min(1).max(MOST_TAGS),
    into: id,
  }),
  z.strictObject({ type: z.literal('removeTag'), tagId: id }),

  /** Last in the list of collections; with the selected videos in it, if any. */
  z.strictObject({
    type: z.literal('createCollection'),
    name: nameSchema,
    selection: selectionSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('renameCollection'), ...collection, name: nameSchema }),
  z.strictObject({ type: z.literal('removeCollection'), ...collection }),
  /** In the list of collections. `before` null: to the end. */
  z.strictObject({ type: z.literal('moveCollection'), ...collection, before: id.nullable() }),
  /** At its end, in the selection's order; what is in it stays where it is. */
  z.strictObject({ type: z.literal('addToCollection'), ...collection, ...selection }),
  z.strictObject({ type: z.literal('removeFromCollection'), ...collection, ...selection }),
  /** Puts videos of the collection, in the given order, before another of its videos. `before` null: to the end. */
  z.strictObject({
    type: z.literal('moveInCollection'),
    ...collection,
    ids: z.array(id).min(1).max(MOST_NAMED),
    before: id.nullable(),
  }),
]);
export type EditCommand = z.infer<typeof editCommandSchema>;

const videos = z.number().int();
const text = z.string();

/** What an edit was, for a menu in any language: «Tag 10,000 videos “holiday”». */
export const editDescriptionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('addTags'), videos, tags: z.array(text) }),
  z.object({ type: z.literal('removeTags'), videos, tags: z.array(text) }),
  z.object({ type: z.literal('rate'), videos, rating: z.number().nullable() }),
  z.object({ type: z.literal('label'), videos, label: colourSchema.nullable() }),
  z.object({ type: z.literal('favourite'), videos, favourite: z.boolean() }),
  /** `cleared`: the note was taken away. */
  z.object({ type: z.literal('note'), videos, cleared: z.boolean() }),
  z.object({ type: z.literal('createTag'), name: text }),
  z.object({ type: z.literal('renameTag'), from: text, to: text }),
  z.object({ type: z.literal('colourTag'), name: text, colour: colourSchema.nullable() }),
  z.object({ type: z.literal('mergeTags'), tags: z.array(text), into: text }),
  z.object({ type: z.literal('removeTag'), name: text, videos }),
  z.object({ type: z.literal('createCollection'), name: text, videos }),
  z.object({ type: z.literal('renameCollection'), from: text, to: text }),
  z.object({ type: z.literal('removeCollection'), name: text, videos }),
  z.object({ type: z.literal('moveCollection'), name: text }),
  z.object({ type: z.literal('addToCollection'), name: text, videos }),
  z.object({ type: z.literal('removeFromCollection'), name: text, videos }),
  z.object({ type: z.literal('moveInCollection'), name: text, videos }),
  z.object({ type: z.literal('import'), videos, tags: z.number(), collections: z.number() }),
]);
export type EditDescription = z.infer<typeof editDescriptionSchema>;

const describedEditSchema = z.object({
  editId: z.number().int(),
  description: editDescriptionSchema,
});

/** What can be undone and redone, and the edit that is being written, if it is a long one. */
export const editHistorySchema = z.object({
  undo: describedEditSchema.nullable(),
  redo: describedEditSchema.nullable(),
  writing: describedEditSchema
    .extend({
      /** Going back: it is undone, or was given up. */
      backwards: z.boolean(),
      /** How much of it is in effect, 0 to 1. */
      applied: z.number(),
    })
    .nullable(),
});
export type EditHistory = z.infer<typeof editHistorySchema>;

/** What an edit came to once all of it is in effect. */
export const editResultSchema = z.object({
  /** Null when everything was that way already, so that there is nothing to undo. */
  editId: z.number().int().nullable(),
  /** ID of the tag or collection that it made, if it made one. */
  createdId: z.number().int().nullable(),
});
export type EditResult = z.infer<typeof editResultSchema>;
