import type { Connection } from '../connection';
import type { VideoColumns } from '../video-columns';
import { type ColumnView, ColumnViews, passingCodes } from './column-views';
import type { Column, Condition } from './condition';
import { foldersWith } from './condition-sql';
import { hasText, predicateOf, type TextTest, type ValueTest } from './value-test';
import { isNumber, type VideoFacts } from './video-facts';

/** So many names are looked at one by one sooner than all of them together. */
const FEW_NAMES = 50_000;

/** Takes out of masks what does not meet conditions, a pass over an array or two for each. */
export class ConditionMasks {
  readonly views: ColumnViews;
  readonly #database: Connection;
  readonly #columns: VideoColumns;

  constructor(database: Connection, columns: VideoColumns) {
    this.#database = database;
    this.#columns = columns;
    this.views = new ColumnViews(database);
  }

  get #facts(): VideoFacts {
    return this.#columns.facts;
  }

  view(column: Column): ColumnView | null {
    return this.views.view(this.#facts, column);
  }

  /** Leaves 1 at the IDs of those that meet the condition. */
  keep(mask: Uint8Array, condition: Condition): void {
    switch (condition.type) {
      case 'all':
        for (const part of cheapestFirst(condition.parts)) this.keep(mask, part);
        return;
      case 'any':
        this.#keepAny(mask, condition.parts);
        return;
      case 'not': {
        const kept = mask.slice();
        this.keep(kept, condition.part);
        for (let id = 0; id < mask.length; id += 1) mask[id] = (mask[id] ?? 0) - (kept[id] ?? 0);
        return;
      }
      case 'anywhere':
        this.#keepFound(mask, condition.test);
        return;
      case 'column':
        this.#keepColumn(mask, condition.column, condition.test);
    }
  }

  #keepAny(mask: Uint8Array, parts: readonly Condition[]): void {
    const left = mask.slice();
    for (const part of parts) {
      const kept = left.slice();
      this.keep(kept, part);
      for (let id = 0; id < left.length; id += 1) left[id] = (left[id] ?? 0) - (kept[id] ?? 0);
    }
    for (let id = 0; id < mask.length; id += 1) mask[id] = (mask[id] ?? 0) - (left[id] ?? 0);
  }

  #keepColumn(mask: Uint8Array, column: Column, test: ValueTest): void {
    if (isNumber(column)) {
      keepNumbers(mask, this.#facts.numbers(column), test);
      return;
    }
    const view = this.view(column);
    if (view) {
      keepPassing(mask, view.codes, passingCodes(view, test));
      return;
    }
    if (column === 'note') keepMarked(mask, this.#notesWith(test));
    else if (test.type === 'contains' || test.type === 'startsWord') {
      if (column === 'name') this.#keepNamed(mask, test, null);
      else keepPassing(mask, this.#facts.folders, this.#foldersWith(test));
    }
  }

  #notesWith(test: ValueTest): Uint8Array {
    const passes = predicateOf(test);
    const found = new Uint8Array(this.#facts.folders.length).fill(passes(null) ? 1 : 0);
    for (const [id, note] of this.#facts.notes) found[id] = passes(note) ? 1 : 0;
    return found;
  }

  /** What is not found by anything else is looked for in the names, which takes longest. */
  #keepFound(mask: Uint8Array, test: TextTest): void {
    const found = new Uint8Array(mask.length);
    const passes = predicateOf(test);
    for (const [id, note] of this.#facts.notes) if (passes(note)) found[id] = 1;
    markPassing(found, this.#facts.folders, this.#foldersWith(test));
    for (const column of ['tag', 'camera'] as const) {
      const view = this.view(column);
      const codes = view && passingCodes(view, test);
      if (codes?.includes(1)) markPassing(found, view?.codes ?? [], codes);
    }
    this.#keepNamed(mask, test, found);
  }

  /** @param found 1 at the IDs of those that need not have the text in their name */
  #keepNamed(mask: Uint8Array, test: TextTest, found: Uint8Array | null): void {
    const { names } = this.#facts;
    const candidates = idsOf(mask, 1);
    if (candidates.length <= FEW_NAMES) {
      for (const id of candidates) if (found?.[id] !== 1 && !names.has(id, test)) mask[id] = 0;
      return;
    }
    const named = found ?? new Uint8Array(mask.length);
    names.find(test, named);
    keepMarked(mask, named);
  }

  /** 1 at the ID of each folder whose path has the text in it. */
  #foldersWith(test: TextTest): Uint8Array {
    const { sql, parameter } = foldersWith(test);
    const folders = this.#database
      .prepare<[string], [id: number, path: string]>(
        `SELECT rowid, path FROM folder_search WHERE ${sql} ORDER BY rowid`,
      )
      .raw()
      .all(parameter);
    const found = new Uint8Array((folders.at(-1)?.[0] ?? 0) + 1);
    for (const [id, path] of folders) if (hasText(path, test)) found[id] = 1;
    return found;
  }
}

/** Texts are looked for last, and the longest first: it leaves the fewest to be looked at for the others. */
export function cheapestFirst(conditions: readonly Condition[]): Condition[] {
  return conditions.toSorted((a, b) => costOf(a) - costOf(b));
}

const COST_OF_TEXT = 1000;

function costOf(condition: Condition): number {
  switch (condition.type) {
    case 'all':
    case 'any':
      return condition.parts.reduce((sum, part) => sum + costOf(part), 0);
    case 'not':
      return 1 + costOf(condition.part);
    case 'anywhere':
      return COST_OF_TEXT - condition.test.text.length;
    case 'column':
      return condition.column === 'name' ? COST_OF_TEXT / 2 : 1;
  }
}

type Codes = ArrayLike<number>;

function keepPassing(mask: Uint8Array, codes: Codes, passes: Uint8Array): void {
  for (let id = 0; id < mask.length; id += 1) {
    mask[id] = (mask[id] ?? 0) & (passes[codes[id] ?? 0] ?? 0);
  }
}

function markPassing(found: Uint8Array, codes: Codes, passes: Uint8Array): void {
  for (let id = 0; id < found.length; id += 1) {
    found[id] = (found[id] ?? 0) | (passes[codes[id] ?? 0] ?? 0);
  }
}

function keepMarked(mask: Uint8Array, marks: Uint8Array): void {
  for (let id = 0; id < mask.length; id += 1) mask[id] = (mask[id] ?? 0) & (marks[id] ?? 0);
}

/** What is not a number is not known, and fails every comparison. */
function keepNumbers(mask: Uint8Array, numbers: Float64Array, test: ValueTest): void {
  if (test.type === 'range') {
    const { from, to } = test;
    for (let id = 0; id < mask.length; id += 1) {
      const value = numbers[id] ?? Number.NaN;
      if (!(value >= from && value <= to)) mask[id] = 0;
    }
    return;
  }
  const isWanted = predicateOf(test);
  const [unknown, known] = [isWanted(null), isWanted(0)].map(Number);
  for (let id = 0; id < mask.length; id += 1) {
    const isKnown = !Number.isNaN(numbers[id] ?? Number.NaN);
    mask[id] = (mask[id] ?? 0) & ((isKnown ? known : unknown) ?? 0);
  }
}

/** The IDs, ascending, that are marked so. */
export function idsOf(marks: ArrayLike<number>, wanted: number): Uint32Array {
  const ids = new Uint32Array(marks.length);
  let length = 0;
  for (let id = 0; id < marks.length; id += 1) {
    ids[length] = id;
    // Without a branch, which could not be foreseen.
    length += marks[id] === wanted ? 1 : 0;
  }
  return ids.subarray(0, length);
}
