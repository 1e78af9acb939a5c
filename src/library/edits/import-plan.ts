import type { ImportedUserData } from '../user-data-import';
import type { CollectionPlans } from './collection-plans';
import type { PlannedChange } from './edit-changes';
import { always, type EditPlan } from './edit-plan';
import type { TagPlans } from './tag-plans';

/** Adds what is not said yet; what the library says stays, and nothing goes. */
export function planImport(
  { tags, collections, fields, counts }: ImportedUserData,
  tagPlans: TagPlans,
  collectionPlans: CollectionPlans,
): EditPlan {
  const colours = new Map(tags.map(({ name, colour }) => [name, colour]));
  const known = tagPlans.ensure(
    tags.map(({ name }) => name),
    (name) => colours.get(name) ?? null,
  );
  const made = collectionPlans.ensure(collections.map(({ name }) => name));
  const fieldChanges = Object.entries(fields).map(
    ([field, values]): PlannedChange => ({
      aspect: field as keyof typeof fields,
      target: 0,
      ids: values.map(([id]) => id),
      after: (index) => values[index]?.[1] ?? null,
      fill: true,
    }),
  );
  const tagChanges = tags.map(
    ({ videoIds }, index): PlannedChange => ({
      aspect: 'tag',
      target: known.ids[index] ?? 0,
      ids: videoIds,
      after: always(1),
    }),
  );
  const collectionChanges = collections.map(({ videoIds }, index) =>
    collectionPlans.appended(made.ids[index] ?? 0, videoIds),
  );
  return {
    description: {
      type: 'import',
      videos: counts.matched,
      tags: known.changes.length,
      collections: made.changes.length,
    },
    createdId: null,
    changes: [
      ...known.changes,
      ...made.changes,
      ...fieldChanges,
      ...tagChanges,
      ...collectionChanges,
    ],
  };
}
