import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../shared/errors';
import { Death, EditLibrary, type Said, type SaidOfVideo } from '../testing/edit-library';
import {
  commanded,
  commandOf,
  MODEL_VIDEOS,
  type ModelCommand,
  modelCommand,
  withMembers,
} from '../testing/edit-model';
import { labelKey } from './cells';

type WritingStep = { type: 'edit'; command: ModelCommand } | { type: 'undo' } | { type: 'redo' };

type Step =
  | WritingStep
  /** A scan: a video's row goes, or goes on as another one. */
  | { type: 'remove'; id: number }
  | { type: 'merge'; from: number; into: number };

/** Of the next edit, undo or redo: the process dies after so many transactions. */
type Program = { step: Step; diesAfter: number | null }[];

const video = fc.integer({ min: 1, max: MODEL_VIDEOS });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('edit' as const), command: modelCommand }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('undo' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('redo' as const) }) },
  fc.record({ type: fc.constant('remove' as const), id: video }),
  fc.record({ type: fc.constant('merge' as const), from: video, into: video }),
);
const program: fc.Arbitrary<Program> = fc.array(
  fc.record({ step, diesAfter: fc.option(fc.nat(12), { freq: 3 }) }),
  { minLength: 1, maxLength: 25 },
);

const KEPT = 6;

/** Everything that was or will be so: of the past the last of it is now. */
class ModelHistory {
  past: Said[];
  future: Said[] = [];

  constructor(now: Said) {
    this.past = [now];
  }

  get now(): Said {
    return this.past.at(-1) as Said;
  }

  edit(next: Said): void {
    if (isEqual(next, this.now)) return;
    this.past = [...this.past, next].slice(-KEPT - 1);
    this.future = [];
  }

  undo(): void {
    if (this.past.length > 1) this.future.unshift(this.past.pop() as Said);
  }

  redo(): void {
    const [next, ...rest] = this.future;
    if (next) this.past.push(next);
    this.future = rest;
  }

  copy(): ModelHistory {
    const copy = new ModelHistory(this.now);
    copy.past = structuredClone(this.past);
    copy.future = structuredClone(this.future);
    return copy;
  }

  get states(): Said[] {
    return [...this.past, ...this.future];
  }
}

function isEqual(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}

function withoutVideo(said: Said, id: number): void {
  delete said.videos[id];
  for (const entry of said.collections) entry[1] = entry[1].filter((member) => member !== id);
}

/** What was said of a video at any time, by its kinds. */
function kindsOf(states: readonly Said[], id: number): Set<string> {
  return new Set(
    states.flatMap(({ videos: { [id]: said } }) => {
      if (!said) return [];
      const { tags, collections, ...fields } = said;
      const set = Object.entries(fields).filter(([, value]) => value !== null && value !== false);
      return [...set.map(([name]) => name), ...tags, ...collections];
    }),
  );
}

function mergeInto(said: Said, from: number, into: number): void {
  const [source, target] = [said.videos[from], said.videos[into]];
  if (!source || !target) return;
  const merged: SaidOfVideo = {
    rating: target.rating ?? source.rating,
    label: target.label ?? source.label,
    favourite: target.favourite || source.favourite,
    note: target.note ?? source.note,
    tags: [...target.tags, ...source.tags].sort(),
    collections: [],
  };
  said.videos[into] = merged;
  for (const entry of said.collections) {
    entry[1] = entry[1].map((member) => (member === from ? into : member));
  }
  delete said.videos[from];
  withMembers(said);
}

class Play {
  readonly library = new EditLibrary(MODEL_VIDEOS, {
    ...{ edits: KEPT, videosOfChange: 2, fewChanges: 0 },
  });
  model = new ModelHistory(this.library.said());

  async play({ step: next, diesAfter }: Program[number]): Promise<void> {
    switch (next.type) {
      case 'remove':
        this.library.removeVideo(next.id);
        for (const state of this.model.states) withoutVideo(state, next.id);
        return;
      case 'merge':
        this.#merge(next.from, next.into);
        return;
      case 'edit': {
        const known = (id: number) => id in this.model.now.videos;
        const { command } = next;
        const chosen = 'ids' in command ? { ids: command.ids.filter(known) } : {};
        await this.#write(
          { ...next, command: { ...command, ...chosen } as ModelCommand },
          diesAfter,
        );
        return;
      }
      default:
        await this.#write(next, diesAfter);
    }
  }

  /** Two videos of which the same was said at some time are for tests of their own. */
  #merge(from: number, into: number): void {
    const { states, now } = this.model;
    if (from === into || !now.videos[from] || !now.videos[into]) return;
    const said = kindsOf(states, into);
    if ([...kindsOf(states, from)].some((kind) => said.has(kind))) return;
    expect(this.library.mergeVideo(from, into)).toBe(true);
    for (const state of states) mergeInto(state, from, into);
  }

  async #write(next: WritingStep, diesAfter: number | null) {
    const after = this.model.copy();
    const wanted = next.type === 'edit' ? commanded(this.model.now, next.command) : null;
    if (next.type === 'undo') after.undo();
    else if (next.type === 'redo') after.redo();
    else if (wanted) after.edit(wanted);
    if (diesAfter !== null) this.library.diesAfter = diesAfter;
    try {
      await this.#call(next);
      this.library.diesAfter = Number.POSITIVE_INFINITY;
      this.model = after;
    } catch (thrown) {
      if (thrown instanceof Death) {
        await this.library.restart();
        if (this.#isLike(after)) this.model = after;
      } else {
        // A command that the model refuses too.
        expect(thrown).toBeInstanceOf(VitrineError);
        expect(next.type === 'edit' && wanted === null).toBe(true);
        this.library.diesAfter = Number.POSITIVE_INFINITY;
      }
    }
  }

  async #call(next: WritingStep): Promise<void> {
    const { edits } = this.library;
    const { undo, redo } = edits.history;
    if (next.type === 'undo') await (undo && edits.undo(undo.editId));
    else if (next.type === 'redo') await (redo && edits.redo(redo.editId));
    else {
      const command = commandOf(next.command, (kind, name) => this.#idOf(kind, name));
      await edits.edit(this.library.request(), command);
    }
  }

  #idOf(kind: 'tag' | 'collection', name: string): number {
    const table = kind === 'tag' ? 'tags' : 'collections';
    const id = this.library.database
      .prepare<[string], number>(`SELECT id FROM ${table} WHERE name_key = ?`)
      .pluck()
      .get(labelKey(name));
    return id ?? 999;
  }

  #isLike(model: ModelHistory): boolean {
    const { undo, redo } = this.library.edits.history;
    return (
      isEqual(this.library.said(), model.now) &&
      (undo !== null) === model.past.length > 1 &&
      (redo !== null) === model.future.length > 0
    );
  }

  /** All that was kept of the past and the future is as it was. */
  async walkThrough(): Promise<void> {
    const { edits } = this.library;
    while (this.model.past.length > 1) {
      const { undo } = edits.history;
      await edits.undo(undo?.editId ?? 0);
      this.model.undo();
      this.expectEqual();
    }
    expect(edits.history.undo).toBeNull();
    while (this.model.future.length > 0) {
      const { redo } = edits.history;
      await edits.redo(redo?.editId ?? 0);
      this.model.redo();
      this.expectEqual();
    }
    expect(edits.history.redo).toBeNull();
  }

  expectEqual(): void {
    expect(this.library.said()).toEqual(this.model.now);
  }
}

describe('whatever is edited, undone and redone while scans take videos away and the process dies', () => {
  it('user data is what a model says, and undo and redo lead through all of the history', async () => {
    await fc.assert(
      fc.asyncProperty(program, async (steps) => {
        const play = new Play();
        for (const one of steps) {
          await play.play(one);
          play.expectEqual();
        }
        await play.walkThrough();
        play.library.database.close();
      }),
      { numRuns: 400 },
    );
  }, 600_000);
});
