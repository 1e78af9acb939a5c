import { z } from 'zod';
import { colourSchema, nameSchema, noteSchema, ratingSchema } from './edit';

/** What the file says that it is. */
export const USER_DATA_FORMAT = 'vitrine-user-data';
/** Of the format. A file of a newer one is refused; fields that are not known are passed over. */
export const USER_DATA_VERSION = 1;

/** What a person said of one video. What is left out was not said. */
const userDataEntrySchema = z.object({
  /** Absolute path of the folder that was added to the library, as its system wrote it. */
  root: z.string(),
  /** Relative to the root, `/` between names; characters that are not valid are replaced. */
  path: z.string().min(1),
  sizeBytes: z.number().int().min(0),
  /** Content identity in hexadecimal digits: size and a hash of the first and last 64 KiB; null where it is not known. */
  contentHash: z
    .string()
    .regex(/^(?:[0-9a-f]{2})+$/)
    .nullable(),
  rating: ratingSchema.exactOptional(),
  label: colourSchema.exactOptional(),
  favourite: z.literal(true).exactOptional(),
  note: noteSchema.exactOptional(),
  /** Names. */
  tags: z.array(nameSchema).exactOptional(),
  /** `position` tells its place among the videos of the collection; positions of one collection may have gaps. */
  collections: z.array(z.object({ name: nameSchema, position: z.number() })).exactOptional(),
});
export type UserDataEntry = z.infer<typeof userDataEntrySchema>;

/**
 * All that a person said of videos, as it is exported and imported. Not in it are the poster of their choice and where
 * playing stopped.
 */
export const userDataFileSchema = z.object({
  format: z.literal(USER_DATA_FORMAT),
  version: z.number().int().min(1).max(USER_DATA_VERSION),
  /** ISO 8601. */
  exportedAt: z.string(),
  /** Also those that no video has. */
  tags: z.array(z.object({ name: nameSchema, colour: colourSchema.nullable() })),
  /** In the person's order. */
  collections: z.array(z.object({ name: nameSchema })),
  videos: z.array(userDataEntrySchema),
});
export type UserDataFile = z.infer<typeof userDataFileSchema>;

/** What an import came to. */
export const importResultSchema = z.object({
  /** The one step of undo that it is; null when everything was known already. */
  editId: z.number().int().nullable(),
  /** Videos of the file that are in the library. */
  matched: z.number().int(),
  /** Of these, found by their content at another place. */
  matchedByContent: z.number().int(),
  /** Videos of the file that are not in the library: nothing is kept of them. */
  unmatched: z.number().int(),
  /** Ratings, labels and notes of the library that the file contradicts; the library's own stay. */
  kept: z.number().int(),
});
export type ImportResult = z.infer<typeof importResultSchema>;
