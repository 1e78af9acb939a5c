import type { EditCommand, EditHistory, EditResult } from '../../shared/edit';
import { VitrineError } from '../../shared/errors';
import type { ChangeSignal } from '../change-signal';
import type { Connection } from '../connection';
import type { ImportedUserData } from '../user-data-import';
import type { Writer } from '../writer';
import { EDIT_LIMITS, type EditLimits } from './edit-limits';
import type { EditPlan, ResolveVideos } from './edit-plan';
import { EditPlanner } from './edit-planner';
import type { EditRow } from './edit-rows';
import { EditWriting } from './edit-writing';

export interface EditsOptions {
  database: Connection;
  writer: Pick<Writer, 'transact' | 'runInSlices'>;
  changes: Pick<ChangeSignal, 'note' | 'noteNow'>;
  resolve: ResolveVideos;
  now: () => number;
  /** The history, or how far an edit is, has changed. */
  onHistory: () => void;
  /** Something failed that nobody waits for. */
  onFailure: (thrown: unknown) => void;
  limits?: EditLimits;
}

/**
 * The person's edits of user data, and undoing and redoing them: one after the other, in the order in which they were
 * asked for. A call is answered when all of its edit is in effect. One that fails leaves nothing behind; one that is
 * cut off by the end of the process is finished at the next start.
 */
export class Edits {
  readonly #options: EditsOptions;
  readonly #planner: EditPlanner;
  readonly #writing: EditWriting;
  #last: Promise<unknown> = Promise.resolve();
  #isEnded = false;

  constructor(options: EditsOptions) {
    const { database, limits = EDIT_LIMITS, now, changes, onHistory, resolve } = options;
    this.#options = options;
    this.#planner = new EditPlanner(database, resolve, now);
    this.#writing = new EditWriting({
      ...{ database, limits, now },
      onStep: () => {
        changes.note();
        onHistory();
      },
    });
  }

  get history(): EditHistory {
    return this.#writing.rows.history();
  }

  /**
   * @param request by which the edit is known when it is asked for again, because the answer was lost
   * @throws TAG_NOT_FOUND, COLLECTION_NOT_FOUND, NAME_TAKEN, INVALID_REQUEST
   */
  edit(request: string, command: EditCommand): Promise<EditResult> {
    return this.#write(request, () => this.#planner.plan(command));
  }

  /** All of an import is one edit. */
  import(request: string, imported: ImportedUserData): Promise<EditResult> {
    return this.#write(request, async () => this.#planner.planImport(imported));
  }

  /** The plan is made when its turn has come. */
  #write(request: string, plan: () => Promise<EditPlan>): Promise<EditResult> {
    return this.#inTurn(async () => {
      const known = this.#writing.rows.ofRequest(request);
      if (known) return { editId: known.id, createdId: known.createdId };
      const planned = await plan();
      const steps = this.#writing.write(request, planned);
      const editId = await this.#run(steps, this.#writing.isPlanShort(planned));
      const { createdId } = planned;
      const isKept = this.#writing.rows.byId(editId) !== null;
      return isKept ? { editId, createdId } : { editId: null, createdId: null };
    });
  }

  /** Undoes the newest edit. @throws EDIT_NOT_FOUND when it is another one than the given */
  undo(editId: number): Promise<void> {
    return this.#inTurn(() => this.#turn(editId, 'undone', this.#writing.rows.newestDone()));
  }

  /** Redoes the edit that was undone last. @throws EDIT_NOT_FOUND when it is another one than the given */
  redo(editId: number): Promise<void> {
    return this.#inTurn(() => this.#turn(editId, 'done', this.#writing.rows.oldestUndone()));
  }

  /** Brings to its end what the last session left, if anything. */
  settle(): Promise<void> {
    return this.#inTurn(async () => undefined);
  }

  /** Waits for the edit in hand, which ends with what the writer that was closed tells. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#last;
  }

  async #turn(editId: number, to: 'done' | 'undone', next: EditRow | null): Promise<void> {
    // Asked for again, because the answer was lost.
    if (this.#writing.rows.byId(editId)?.state === to) return;
    if (next?.id !== editId) {
      throw new VitrineError('EDIT_NOT_FOUND', `The edit ${editId} is not the next to be ${to}.`);
    }
    const steps = to === 'done' ? this.#writing.redo(next) : this.#writing.undo(next);
    await this.#run(steps, this.#writing.isShort(editId));
  }

  /** After everything that was asked for before, and after what is left of something that failed. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#settle();
      return work();
    });
    this.#last = turn.then(
      () => this.#tidyUp(),
      () => this.#tidyUp(),
    );
    return turn;
  }

  async #settle(): Promise<void> {
    if (!this.#writing.rows.unsettled()) return;
    await this.#options.writer.runInSlices(this.#writing.settle(), () => undefined);
    this.#noteEnd();
  }

  /** Nobody waits for the deletion of what is of no use any more. */
  async #tidyUp(): Promise<void> {
    if (this.#isEnded) return;
    await this.#settle().catch((thrown) => this.#options.onFailure(thrown));
  }

  async #run<T>(steps: Generator<void, T>, isShort: boolean): Promise<T> {
    const { writer } = this.#options;
    try {
      const result = isShort
        ? writer.transact(() => exhaust(steps))
        : await writer.runInSlices(steps, () => undefined);
      this.#noteEnd();
      return result;
    } catch (thrown) {
      await this.#turnBack();
      throw thrown;
    }
  }

  /** Where even this cannot be written, the edit is finished as soon as something can. */
  async #turnBack(): Promise<void> {
    try {
      if (this.#isEnded || !this.#writing.rows.unsettled()) return;
      this.#options.writer.transact(() => this.#writing.turnBack());
      await this.#settle();
    } catch (thrown) {
      this.#options.onFailure(thrown);
    }
  }

  #noteEnd(): void {
    this.#options.changes.noteNow();
    this.#options.onHistory();
  }
}

function exhaust<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
