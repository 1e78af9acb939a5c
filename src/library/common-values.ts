import { colourSchema } from '../shared/edit';
import type { Collection, CommonUserData, Tag } from '../shared/user-data';
import type { Connection } from './connection';

/** More are not looked up one by one: all that was said of any video is gone through. */
const FEW = 5_000;

interface Group {
  rating: number | null;
  label: string | null;
  favourite: number;
  videos: number;
  notes: number;
  leastNote: string | null;
  greatestNote: string | null;
}

type Counts<Value> = { kind: 'mixed'; counts: { value: Value; videos: number }[] };
type Common<Value> = { kind: 'common'; value: Value } | Counts<Value>;

/** Tells what some or very many videos have in common. */
export class CommonValues {
  readonly #few: ReturnType<typeof prepareStatements>;
  readonly #many: ReturnType<typeof prepareStatements>;
  #selected: Uint8Array = new Uint8Array();

  constructor(database: Connection) {
    database.function('is_selected', (id) => this.#selected[id as number] ?? 0);
    this.#few = prepareStatements(database, (table) => ({
      from: `json_each(@ids) selected CROSS JOIN ${table} t ON t.video_id = selected.value`,
      where: '',
    }));
    this.#many = prepareStatements(database, (table) => ({
      from: `${table} t`,
      where: 'WHERE @ids IS NULL AND is_selected(t.video_id) = 1',
    }));
  }

  /** @param ids of videos that are in the library */
  of(ids: Uint32Array): CommonUserData {
    const isFew = ids.length <= FEW;
    const statements = isFew ? this.#few : this.#many;
    const parameters = { ids: isFew ? JSON.stringify([...ids]) : null };
    if (!isFew) this.#selected = maskOf(ids);
    const videos = ids.length;
    const groups = statements.groups.all(parameters);
    return {
      videos,
      rating: commonOf(groups, videos, ({ rating }) => rating, null),
      label: commonOf(
        groups,
        videos,
        ({ label }) => (label === null ? null : colourSchema.parse(label)),
        null,
      ),
      favourite: commonOf(groups, videos, ({ favourite }) => favourite === 1, false),
      note: noteOf(groups, videos),
      tags: statements.tags.all(parameters),
      collections: statements.collections.all(parameters),
    };
  }
}

function maskOf(ids: Uint32Array): Uint8Array {
  let last = 0;
  for (const id of ids) last = Math.max(last, id);
  const mask = new Uint8Array(last + 1);
  for (const id of ids) mask[id] = 1;
  return mask;
}

/** Videos that no group speaks of have what nobody said anything of has. */
function commonOf<Value>(
  groups: readonly Group[],
  videos: number,
  pick: (group: Group) => Value,
  unset: Value,
): Common<Value> {
  const counts = new Map<Value, number>();
  let unsaid = videos;
  for (const group of groups) {
    const value = pick(group);
    counts.set(value, (counts.get(value) ?? 0) + group.videos);
    unsaid -= group.videos;
  }
  if (unsaid > 0) counts.set(unset, (counts.get(unset) ?? 0) + unsaid);
  const [only = unset] = counts.keys();
  if (counts.size <= 1) return { kind: 'common', value: only };
  return {
    kind: 'mixed',
    counts: [...counts]
      .map(([value, count]) => ({ value, videos: count }))
      .toSorted((left, right) => right.videos - left.videos),
  };
}

function noteOf(groups: readonly Group[], videos: number): CommonUserData['note'] {
  const withNote = groups.reduce((sum, { notes }) => sum + notes, 0);
  if (withNote === 0) return { kind: 'common', value: null };
  const notes = new Set(groups.flatMap(({ leastNote, greatestNote }) => [leastNote, greatestNote]));
  notes.delete(null);
  const [note = null] = notes;
  const isCommon = withNote === videos && notes.size === 1;
  return isCommon ? { kind: 'common', value: note } : { kind: 'mixed', withNote };
}

type Table = 'user_data' | 'video_tags' | 'collection_videos';
type Parameters = [{ ids: string | null }];

function prepareStatements(
  database: Connection,
  selected: (table: Table) => { from: string; where: string },
) {
  const count = (table: Table, key: string) => {
    const { from, where } = selected(table);
    return `SELECT t.${key} AS id, count(*) AS videos FROM ${from} ${where} GROUP BY t.${key}`;
  };
  const { from, where } = selected('user_data');
  return {
    groups: database.prepare<Parameters, Group>(`
      SELECT rating, label, favourite, count(*) AS videos, count(note) AS notes,
        min(note) AS leastNote, max(note) AS greatestNote
      FROM ${from} ${where} GROUP BY rating, label, favourite`),
    tags: database.prepare<Parameters, Tag>(`
      SELECT tags.id, name, colour, videos
      FROM (${count('video_tags', 'tag_id')}) counts JOIN tags ON tags.id = counts.id
      ORDER BY name_key`),
    collections: database.prepare<Parameters, Collection>(`
      SELECT collections.id, name, videos
      FROM (${count('collection_videos', 'collection_id')}) counts
        JOIN collections ON collections.id = counts.id
      ORDER BY collections.position, collections.id`),
  };
}
