import { z } from 'zod';
import { editCommandSchema, editHistorySchema, editResultSchema, selectionSchema } from './edit';
import { collectionSchema, commonUserDataSchema, tagSchema } from './user-data';
import { importResultSchema } from './user-data-file';

const nothing = z.object({});
const editId = z.object({ editId: z.number().int().positive() });

/** The part of the contract that is about what the person says of videos. */
export const userDataChannels = {
  /**
   * One step of undo, on any number of videos. Answered when all of it is in effect: until then `history.onChange` tells
   * how far a long one is. One that fails leaves nothing behind.
   */
  'userData.edit': {
    request: z.object({ command: editCommandSchema }),
    response: editResultSchema.extend({ history: editHistorySchema }),
  },
  /** What the selected videos have in common, and what not. */
  'userData.common': {
    request: z.object({ selection: selectionSchema }),
    response: commonUserDataSchema,
  },
  /** Asks the person for a file and writes all user data to it. Null: they cancelled. */
  'userData.export': { request: nothing, response: z.object({ path: z.string().nullable() }) },
  /** Asks the person for a file and adds what it says; one step of undo. Null: they cancelled. */
  'userData.import': {
    request: nothing,
    response: z.object({ imported: importResultSchema.nullable() }),
  },
  /** By their names. */
  'tags.list': { request: nothing, response: z.object({ tags: z.array(tagSchema) }) },
  /** In the person's order. */
  'collections.list': {
    request: nothing,
    response: z.object({ collections: z.array(collectionSchema) }),
  },
  'history.get': { request: nothing, response: editHistorySchema },
  /** The edit must be the one that the history says is undone next: else nothing happens but an error. */
  'history.undo': { request: editId, response: editHistorySchema },
  'history.redo': { request: editId, response: editHistorySchema },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;
