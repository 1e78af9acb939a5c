import type { Colour } from '../../shared/edit';
import type { Connection } from '../connection';
import { labelKey, type TagFacts } from './cells';
import type { PlannedChange } from './edit-changes';
import { always, type EditPlan, type ResolveVideos } from './edit-plan';
import { type TagRows, tagRows } from './named-rows';

/** Plans the edits of tags, and who has them. */
export class TagPlans {
  readonly #rows: TagRows;
  readonly #resolve: ResolveVideos;

  constructor(database: Connection, resolve: ResolveVideos) {
    this.#rows = tagRows(database);
    this.#resolve = resolve;
  }

  /** @param tags by ID, or by a name that is made a tag where it is none */
  add(videos: ArrayLike<number>, tags: readonly (number | string)[]): EditPlan {
    const { ids, names, created, changes } = this.ensure(tags);
    return {
      description: { type: 'addTags', videos: videos.length, tags: names },
      createdId: created[0] ?? null,
      changes: [...changes, ...ids.map((id) => ofVideos(id, videos, 1))],
    };
  }

  /** Finds tags, with the changes that make those that are missing, by their names. */
  ensure(
    tags: readonly (number | string)[],
    colourOf: (name: string) => Colour | null = always(null),
  ) {
    const known = new Map<string, { id: number; name: string }>();
    const changes: PlannedChange[] = [];
    const created: number[] = [];
    for (const tag of tags) {
      const row = typeof tag === 'number' ? this.#rows.require(tag) : this.#rows.named(tag);
      const name = row?.name ?? String(tag);
      if (known.has(labelKey(name))) continue;
      if (!row) {
        this.#rows.assertFree(name, null);
        const id = this.#rows.newId() + created.length;
        created.push(id);
        changes.push(facts(id, { name, colour: colourOf(name) }));
      }
      known.set(labelKey(name), { id: row?.id ?? created.at(-1) ?? 0, name });
    }
    const found = [...known.values()];
    const ids = found.map(({ id }) => id);
    return { ids, names: found.map(({ name }) => name), created, changes };
  }

  take(videos: ArrayLike<number>, tagIds: readonly number[]): EditPlan {
    const tags = [...new Set(tagIds)].map((id) => this.#rows.require(id));
    return {
      description: {
        type: 'removeTags',
        videos: videos.length,
        tags: tags.map(({ name }) => name),
      },
      createdId: null,
      changes: tags.map(({ id }) => ofVideos(id, videos, null)),
    };
  }

  create(name: string, colour: Colour | null): EditPlan {
    this.#rows.assertFree(name, null);
    const id = this.#rows.newId();
    return {
      description: { type: 'createTag', name },
      createdId: id,
      changes: [facts(id, { name, colour })],
    };
  }

  rename(id: number, name: string): EditPlan {
    const { name: from, colour } = this.#rows.require(id);
    this.#rows.assertFree(name, id);
    return {
      description: { type: 'renameTag', from, to: name },
      createdId: null,
      changes: [facts(id, { name, colour })],
    };
  }

  colour(id: number, colour: Colour | null): EditPlan {
    const { name } = this.#rows.require(id);
    return {
      description: { type: 'colourTag', name, colour },
      createdId: null,
      changes: [facts(id, { name, colour })],
    };
  }

  async merge(tagIds: readonly number[], into: number): Promise<EditPlan> {
    const target = this.#rows.require(into);
    const merged = [...new Set(tagIds)].filter((id) => id !== into);
    const tags = merged.map((id) => this.#rows.require(id));
    const changes: PlannedChange[] = [];
    for (const { id } of tags) {
      const videos = await this.#resolve({ taggedWith: id });
      changes.push(ofVideos(into, videos, 1), ofVideos(id, videos, null), facts(id, null));
    }
    return {
      description: { type: 'mergeTags', tags: tags.map(({ name }) => name), into: target.name },
      createdId: null,
      changes,
    };
  }

  async remove(id: number): Promise<EditPlan> {
    const { name } = this.#rows.require(id);
    const videos = await this.#resolve({ taggedWith: id });
    return {
      description: { type: 'removeTag', name, videos: videos.length },
      createdId: null,
      changes: [ofVideos(id, videos, null), facts(id, null)],
    };
  }
}

function ofVideos(tagId: number, videos: ArrayLike<number>, value: 1 | null): PlannedChange {
  return { aspect: 'tag', target: tagId, ids: videos, after: always(value) };
}

function facts(tagId: number, value: TagFacts | null): PlannedChange {
  return { aspect: 'tagFacts', target: 0, ids: [tagId], after: always(value) };
}
