import { z } from 'zod';
import { MAX_QUERY_LENGTH } from './video-query';

const id = z.number().int().positive();
const name = z.string().trim().min(1).max(200);
const query = z.string().trim().min(1).max(MAX_QUERY_LENGTH);

/** A query that the person keeps under a name. */
export const savedFilterSchema = z.object({
  id,
  name,
  /** In the query language. */
  query,
});
export type SavedFilter = z.infer<typeof savedFilterSchema>;

export const newFilterSchema = z.strictObject({ name, query });
export type NewFilter = z.infer<typeof newFilterSchema>;

/** What is left out stays as it is. */
export const filterChangeSchema = z.strictObject({
  id,
  name: name.exactOptional(),
  query: query.exactOptional(),
});
export type FilterChange = z.infer<typeof filterChangeSchema>;

/** In their new order; those that are not named come behind them as they were. */
export const filterOrderSchema = z.strictObject({ ids: z.array(id).max(10_000) });
