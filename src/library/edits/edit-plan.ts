import { type EditDescription, noteSchema, type Selection } from '../../shared/edit';
import type { PlannedChange } from './edit-changes';

/** What an edit is to do, with what it is called. */
export interface EditPlan {
  description: EditDescription;
  /** ID of the tag or collection that it makes. */
  createdId: number | null;
  changes: PlannedChange[];
}

/** Where videos of an edit come from. */
export type VideoSource = Selection | { taggedWith: number } | { collectedIn: number };

/** Finds the videos, in their order, as the library is at this moment. */
export type ResolveVideos = (source: VideoSource) => Promise<ArrayLike<number>>;

/** The same for every video. */
export function always<T>(value: T): () => T {
  return () => value;
}

/** A note as it is kept; null for one that says nothing. */
export function tidyNote(note: string | null): string | null {
  const tidy = note === null ? '' : noteSchema.parse(note).trim();
  return tidy === '' ? null : tidy;
}
