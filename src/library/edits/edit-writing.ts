import type { Connection } from '../connection';
import { EditChanges } from './edit-changes';
import type { EditLimits } from './edit-limits';
import type { EditPlan } from './edit-plan';
import { type EditRow, EditRows, type EditState } from './edit-rows';
import { MergedVideos } from './merged-videos';

export interface EditWritingOptions {
  database: Connection;
  limits: EditLimits;
  now: () => number;
  /** More of a long edit is in effect, or less of one that is taken back. */
  onStep(): void;
}

/**
 * Writes edits, undoes and redoes them, in steps between which the work may be cut. What is to be done stands in the
 * library before it is begun, and every step together with how far it is: an edit that was cut off by the end of the
 * process is brought to the end that it was on the way to by {@link settle}.
 */
export class EditWriting {
  readonly rows: EditRows;
  readonly #changes: EditChanges;
  readonly #merged: MergedVideos;
  readonly #limits: EditLimits;
  readonly #onStep: () => void;

  constructor({ database, limits, now, onStep }: EditWritingOptions) {
    this.rows = new EditRows(database, limits, now);
    this.#changes = new EditChanges(database, limits, now);
    this.#merged = new MergedVideos(database);
    this.#limits = limits;
    this.#onStep = onStep;
  }

  /** A new edit. What was undone before cannot be redone any more, unless nothing turns out to be changed. */
  *write(request: string, { description, createdId, changes }: EditPlan): Generator<void, number> {
    const id = this.rows.begin(request, description, createdId);
    yield* this.#changes.plan(id, changes);
    this.rows.setState(id, 'doing');
    yield* this.#forward(id, 0);
    return id;
  }

  *undo({ id, appliedTo }: EditRow): Generator<void, void> {
    this.rows.setState(id, 'undoing');
    yield* this.#backward(id, appliedTo);
  }

  *redo({ id, appliedTo }: EditRow): Generator<void, void> {
    this.rows.setState(id, 'redoing');
    yield* this.#forward(id, appliedTo);
  }

  /** Whether all of an edit can be written in one go. */
  isPlanShort({ changes }: EditPlan): boolean {
    const { fewChanges, videosOfChange } = this.#limits;
    const counts = changes.map(({ ids }) => Math.ceil(ids.length / videosOfChange));
    return counts.reduce((sum, count) => sum + count, 0) <= fewChanges;
  }

  /** The same of an edit that was written. */
  isShort(id: number): boolean {
    const { fewChanges } = this.#limits;
    return this.#changes.countUpTo(id, fewChanges + 1) <= fewChanges;
  }

  /** Turns an edit that failed on its way around, so that {@link settle} brings it back to where it came from. */
  turnBack(): void {
    const row = this.rows.unsettled();
    const back = row && WAY_BACK[row.state];
    if (row && back) this.rows.setState(row.id, back);
  }

  /** Brings everything to its end that is on its way, and deletes what is of no use any more. */
  *settle(): Generator<void, void> {
    for (let row = this.rows.unsettled(); row; row = this.rows.unsettled()) {
      const { id, state, appliedTo } = row;
      if (state === 'doing' || state === 'redoing') yield* this.#forward(id, appliedTo);
      else if (state === 'undoing' || state === 'cancelling') yield* this.#backward(id, appliedTo);
      else yield* this.#delete(id);
      yield;
    }
  }

  *#forward(id: number, from: number): Generator<void, void> {
    for (
      let place = this.#changes.makeNext(id, from);
      place !== null;
      place = this.#changes.makeNext(id, place)
    ) {
      this.#step(id, place);
      yield;
    }
    const isNew = this.rows.byId(id)?.state === 'doing';
    const bytes = this.#changes.bytesOf(id);
    if (bytes === 0) {
      this.rows.delete(id);
      return;
    }
    this.rows.finish(id, 'done', bytes);
    if (isNew) this.rows.drop(id);
  }

  *#backward(id: number, from: number): Generator<void, void> {
    for (
      let place = this.#changes.takeBackLast(id, from);
      place !== null;
      place = this.#changes.takeBackLast(id, place - 1)
    ) {
      this.#step(id, place - 1);
      yield;
    }
    if (this.rows.byId(id)?.state === 'cancelling') yield* this.#delete(id);
    else this.rows.finish(id, 'undone', this.#changes.bytesOf(id));
  }

  *#delete(id: number): Generator<void, void> {
    // Whatever is left of it is not to be made or taken back by anybody.
    this.rows.setState(id, 'dropped');
    while (this.#changes.deleteSome(id)) yield;
    this.rows.delete(id);
    this.#merged.forgetOld();
  }

  #step(id: number, place: number): void {
    this.rows.setAppliedTo(id, place);
    this.#onStep();
  }
}

const WAY_BACK: Partial<Record<EditState, EditState>> = {
  planned: 'dropped',
  doing: 'cancelling',
  redoing: 'undoing',
  undoing: 'redoing',
};
