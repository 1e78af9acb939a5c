import type { Connection } from '../connection';
import {
  type Aspect,
  type Cell,
  Cells,
  type CellValue,
  isOfVideos,
  isSame,
  isUnset,
} from './cells';
import type { EditLimits } from './edit-limits';
import { packIds, unpackIds } from './id-list';
import { cellName, MergedVideos } from './merged-videos';

const DELETED_AT_ONCE = 100;
/** Between the places of two changes, for what turns out to belong between them. */
const PLACES = 1024;

/** What an edit is to make of one aspect of some videos, or of tags or collections. */
export interface PlannedChange {
  aspect: Aspect;
  /** The tag or collection that videos get or lose; 0 for others. */
  target: number;
  ids: ArrayLike<number>;
  /** Of the video at an index of `ids`. */
  after(index: number): CellValue;
  /** Only where nothing is set. */
  fill?: boolean;
}

interface ChangeRow {
  editId: number;
  place: number;
  aspect: Aspect;
  target: number;
  ids: Uint8Array;
  before: string | null;
  after: string;
  fill: number;
}

/** The changes that an edit consists of, each made or taken back in one go. All but reading expects a transaction. */
export class EditChanges {
  readonly #videosOfChange: number;
  readonly #cells: Cells;
  readonly #merged: MergedVideos;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, { videosOfChange }: EditLimits, now: () => number) {
    this.#videosOfChange = videosOfChange;
    this.#cells = new Cells(database, now);
    this.#merged = new MergedVideos(database);
    this.#statements = prepareStatements(database);
  }

  /** Keeps what is to be done. Yields where the work may be cut. */
  *plan(editId: number, changes: readonly PlannedChange[]): Generator<void, void> {
    let place = 0;
    for (const { aspect, target, ids, after, fill = false } of changes) {
      for (let start = 0; start < ids.length; start += this.#videosOfChange) {
        const end = Math.min(ids.length, start + this.#videosOfChange);
        const some: number[] = [];
        const values: CellValue[] = [];
        for (let index = start; index < end; index += 1) {
          some.push(ids[index] ?? 0);
          values.push(after(index));
        }
        place += PLACES;
        const row = { editId, place, aspect, target, ids: packIds(some), before: null };
        this.#statements.put.run({ ...row, after: pack(values), fill: fill ? 1 : 0 });
        yield;
      }
    }
  }

  /** Makes the first change behind a place. Answers its place; null when there is none. */
  makeNext(editId: number, after: number): number | null {
    const row = this.#statements.next.get(editId, after);
    if (!row) return null;
    this.#make(row);
    return row.place;
  }

  /** Takes back the last change up to a place. Answers the place; null when there is none. */
  takeBackLast(editId: number, upTo: number): number | null {
    const row = this.#statements.last.get(editId, upTo);
    if (!row) return null;
    this.#takeBack(row);
    return row.place;
  }

  /** How many changes an edit has; no more than the limit are counted. */
  countUpTo(editId: number, limit: number): number {
    return this.#statements.count.get(editId, limit) ?? 0;
  }

  /** Deletes some changes of an edit that is of no use any more. Answers whether there may be more. */
  deleteSome(editId: number): boolean {
    return this.#statements.deleteSome.run(editId).changes > 0;
  }

  /** Bytes that the changes of an edit take; 0 when there are none. */
  bytesOf(editId: number): number {
    return this.#statements.bytes.get(editId) ?? 0;
  }

  /** Keeps exactly the videos that are changed, with what they had. */
  #make(row: ChangeRow): void {
    const { editId, place, aspect, target, fill } = row;
    const ids = unpackIds(row.ids);
    const valueAt = unpack(row.after);
    const wanted = new Map(ids.map((id, index) => [id, valueAt(index)]));
    const resolved = this.#resolve(aspect, ids);
    const current = this.#cells.read(aspect, target, [...resolved.keys()]);
    const before: Cell[] = [];
    const after: Cell[] = [];
    for (const [id, value] of current) {
      const next = wanted.get(resolved.get(id) ?? id) ?? null;
      if (isSame(value, next) || (fill === 1 && !isUnset(aspect, value))) continue;
      before.push([id, value]);
      after.push([id, next]);
    }
    if (after.length === 0) {
      this.#statements.delete.run(editId, place);
      return;
    }
    this.#letGo(row, after);
    this.#cells.write(aspect, target, after);
    this.#statements.put.run({
      ...{ editId, place, aspect, target, fill },
      ids: packIds(after.map(([id]) => id)),
      before: pack(before.map(([, value]) => value)),
      after: pack(after.map(([, value]) => value)),
    });
  }

  /**
   * A tag or collection that goes would take along what a scan gave it meanwhile, without a trace: that becomes a change
   * of its own, before this one.
   */
  #letGo({ editId, place, aspect }: ChangeRow, cells: readonly Cell[]): void {
    if (isOfVideos(aspect)) return;
    const kind = aspect === 'tagFacts' ? 'tag' : 'collection';
    for (const [target, value] of cells) {
      const left = value === null ? this.#cells.videosOf(kind, target) : [];
      if (left.length === 0) continue;
      const taken = this.#statements.placeBefore.get(editId, place) ?? 0;
      const row = {
        editId,
        place: taken + 1,
        aspect: kind,
        target,
        before: null,
        fill: 0,
      } as const;
      this.#make({ ...row, ids: packIds(left), after: pack([null]) });
    }
  }

  /** What is not as the edit left it has become so in another way, and stays. */
  #takeBack({ aspect, target, ids: packed, before, after }: ChangeRow): void {
    const ids = unpackIds(packed);
    const beforeAt = unpack(before ?? 'null');
    const afterAt = unpack(after);
    const indexOf = new Map(ids.map((id, index) => [id, index]));
    const resolved = this.#resolve(aspect, ids, cellName(aspect, target));
    const current = this.#cells.read(aspect, target, [...resolved.keys()]);
    const cells = current.flatMap(([id, value]): Cell[] => {
      const index = indexOf.get(resolved.get(id) ?? id) ?? 0;
      return isSame(value, afterAt(index)) ? [[id, beforeAt(index)]] : [];
    });
    this.#cells.write(aspect, target, cells);
  }

  /** The IDs as they are now, with those that the change names. */
  #resolve(aspect: Aspect, ids: readonly number[], unlessOwn?: string): Map<number, number> {
    if (!isOfVideos(aspect)) return new Map(ids.map((id) => [id, id]));
    return this.#merged.resolve(ids, unlessOwn);
  }
}

/** One value for all where they are the same. No value is an array. */
function pack(values: readonly CellValue[]): string {
  const [first = null] = values;
  const isOne = values.every((value) => isSame(value, first));
  return JSON.stringify(isOne ? first : values);
}

function unpack(json: string): (index: number) => CellValue {
  const values: CellValue | CellValue[] = JSON.parse(json);
  return (index) => (Array.isArray(values) ? (values[index] ?? null) : values);
}

function prepareStatements(database: Connection) {
  const columns = 'edit_id AS editId, place, aspect, target, ids, before, after, fill';
  return {
    put: database.prepare(`
      INSERT OR REPLACE INTO edit_changes (edit_id, place, aspect, target, ids, before, after, fill)
      VALUES (@editId, @place, @aspect, @target, @ids, @before, @after, @fill)`),
    next: database.prepare<[number, number], ChangeRow>(`
      SELECT ${columns} FROM edit_changes WHERE edit_id = ? AND place > ? ORDER BY place LIMIT 1`),
    last: database.prepare<[number, number], ChangeRow>(`
      SELECT ${columns} FROM edit_changes WHERE edit_id = ? AND place <= ?
      ORDER BY place DESC LIMIT 1`),
    placeBefore: database
      .prepare<[number, number], number | null>(
        'SELECT max(place) FROM edit_changes WHERE edit_id = ? AND place < ?',
      )
      .pluck(),
    delete: database.prepare('DELETE FROM edit_changes WHERE edit_id = ? AND place = ?'),
    count: database
      .prepare<[number, number], number>(
        'SELECT count(*) FROM (SELECT 1 FROM edit_changes WHERE edit_id = ? LIMIT ?)',
      )
      .pluck(),
    deleteSome: database.prepare<[number]>(`
      DELETE FROM edit_changes WHERE rowid IN (
        SELECT rowid FROM edit_changes WHERE edit_id = ? LIMIT ${DELETED_AT_ONCE})`),
    bytes: database
      .prepare<[number], number>(`
        SELECT ifnull(sum(length(ids) + ifnull(length(before), 0) + length(after)), 0)
        FROM edit_changes WHERE edit_id = ?`)
      .pluck(),
  };
}
