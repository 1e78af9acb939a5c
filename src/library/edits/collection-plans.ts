import { VitrineError } from '../../shared/errors';
import type { Connection } from '../connection';
import type { CollectionFacts } from './cells';
import type { PlannedChange } from './edit-changes';
import { always, type EditPlan, type ResolveVideos } from './edit-plan';
import { type CollectionRows, collectionRows } from './named-rows';

/** Between the positions of two videos, so that others can be put between them. */
const GAP = 1 << 20;

type CollectionRow = ReturnType<CollectionRows['require']>;

/** Plans the edits of collections, and what is in them in which order. */
export class CollectionPlans {
  readonly #rows: CollectionRows;
  readonly #resolve: ResolveVideos;
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, resolve: ResolveVideos, now: () => number) {
    this.#rows = collectionRows(database);
    this.#resolve = resolve;
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  create(name: string, videos: ArrayLike<number>): EditPlan {
    this.#rows.assertFree(name, null);
    const { ids, changes } = this.ensure([name]);
    const [id = 0] = ids;
    return {
      description: { type: 'createCollection', name, videos: videos.length },
      createdId: id,
      changes: [...changes, placed(id, videos, GAP, GAP)],
    };
  }

  /** Finds collections by their names, with the changes that make those that are missing. */
  ensure(names: readonly string[]): { ids: number[]; changes: PlannedChange[] } {
    const last = this.#rows.all().at(-1)?.position ?? 0;
    const createdAt = this.#now();
    const changes: PlannedChange[] = [];
    const ids = names.map((name) => {
      const row = this.#rows.named(name);
      if (row) return row.id;
      this.#rows.assertFree(name, null);
      const id = this.#rows.newId() + changes.length;
      changes.push(facts(id, { name, position: last + 1 + changes.length, createdAt }));
      return id;
    });
    return { ids, changes };
  }

  rename(id: number, name: string): EditPlan {
    const row = this.#rows.require(id);
    this.#rows.assertFree(name, id);
    return {
      description: { type: 'renameCollection', from: row.name, to: name },
      createdId: null,
      changes: [facts(id, { ...factsOf(row), name })],
    };
  }

  async remove(id: number): Promise<EditPlan> {
    const { name } = this.#rows.require(id);
    const videos = await this.#resolve({ collectedIn: id });
    return {
      description: { type: 'removeCollection', name, videos: videos.length },
      createdId: null,
      changes: [takenOut(id, videos), facts(id, null)],
    };
  }

  /** In the list of collections. */
  move(id: number, before: number | null): EditPlan {
    const moved = this.#rows.require(id);
    const others = this.#rows.all().filter((row) => row.id !== id);
    const ordered = insertBefore(others, [moved], ({ id: other }) => other === before);
    return {
      description: { type: 'moveCollection', name: moved.name },
      createdId: null,
      changes: ordered.map((row, index) => facts(row.id, { ...factsOf(row), position: index + 1 })),
    };
  }

  add(id: number, videos: ArrayLike<number>): EditPlan {
    const { name } = this.#rows.require(id);
    return {
      description: { type: 'addToCollection', name, videos: videos.length },
      createdId: null,
      changes: [this.appended(id, videos)],
    };
  }

  /** At the end; what is in it stays where it is. */
  appended(id: number, videos: ArrayLike<number>): PlannedChange {
    return placed(id, videos, (this.#statements.last.get(id) ?? 0) + GAP, GAP);
  }

  take(id: number, videos: ArrayLike<number>): EditPlan {
    const { name } = this.#rows.require(id);
    return {
      description: { type: 'removeFromCollection', name, videos: videos.length },
      createdId: null,
      changes: [takenOut(id, videos)],
    };
  }

  /** Where there is no room between two positions, the whole collection gets new ones. */
  async moveVideos(id: number, ids: readonly number[], before: number | null): Promise<EditPlan> {
    const { name } = this.#rows.require(id);
    const all = Array.from(await this.#resolve({ collectedIn: id }));
    const inside = new Set(all);
    const moved = new Set(ids);
    if (![...moved, before ?? all[0] ?? 0].every((video) => inside.has(video))) {
      throw new VitrineError('INVALID_REQUEST', 'Not all of these videos are in the collection.');
    }
    const inOrder = [...moved];
    const others = all.filter((video) => !moved.has(video));
    const end = before === null ? all.length : all.indexOf(before);
    const at = all.slice(0, end).filter((video) => !moved.has(video)).length;
    const from = at === 0 ? 0 : this.#positionOf(id, others[at - 1]);
    const next = others[at];
    const to = next === undefined ? from + GAP * (inOrder.length + 1) : this.#positionOf(id, next);
    const step = Math.floor((to - from) / (inOrder.length + 1));
    const changes =
      step >= 1
        ? [moveTo(id, inOrder, from + step, step)]
        : [moveTo(id, [...others.slice(0, at), ...inOrder, ...others.slice(at)], GAP, GAP)];
    return {
      description: { type: 'moveInCollection', name, videos: inOrder.length },
      createdId: null,
      changes,
    };
  }

  #positionOf(collectionId: number, videoId = 0): number {
    return this.#statements.position.get(collectionId, videoId) ?? 0;
  }
}

/** Before the first that is meant, else at the end. */
function insertBefore<T>(others: readonly T[], some: readonly T[], isMeant: (one: T) => boolean) {
  const found = others.findIndex(isMeant);
  const at = found < 0 ? others.length : found;
  return [...others.slice(0, at), ...some, ...others.slice(at)];
}

function factsOf({ name, position, createdAt }: CollectionRow): CollectionFacts {
  return { name, position, createdAt };
}

function facts(id: number, value: CollectionFacts | null): PlannedChange {
  return { aspect: 'collectionFacts', target: 0, ids: [id], after: always(value) };
}

function takenOut(id: number, videos: ArrayLike<number>): PlannedChange {
  return { aspect: 'collection', target: id, ids: videos, after: always(null) };
}

function moveTo(id: number, ids: ArrayLike<number>, start: number, step: number): PlannedChange {
  return { aspect: 'collection', target: id, ids, after: (index) => start + index * step };
}

function placed(id: number, ids: ArrayLike<number>, start: number, step: number): PlannedChange {
  return { ...moveTo(id, ids, start, step), fill: true };
}

function prepareStatements(database: Connection) {
  return {
    last: database
      .prepare<[number], number | null>(
        'SELECT max(position) FROM collection_videos WHERE collection_id = ?',
      )
      .pluck(),
    position: database
      .prepare<[number, number], number>(
        'SELECT position FROM collection_videos WHERE collection_id = ? AND video_id = ?',
      )
      .pluck(),
  };
}
