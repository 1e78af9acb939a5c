import { z } from 'zod';

/** A file name extension without the dot, lower case. */
export const extensionSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,15}$/);

/** What the person set for a library; kept in it. */
export const settingsSchema = z.object({
  /** File name extensions that count as video besides the built-in list, from the next scan on. */
  extraExtensions: z.array(extensionSchema).max(100),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = { extraExtensions: [] };
