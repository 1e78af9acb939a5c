import { type EditDescription, type EditHistory, editDescriptionSchema } from '../../shared/edit';
import type { Connection } from '../connection';
import type { EditLimits } from './edit-limits';

/**
 * `planned`: its changes are still being noted, none is in effect. `doing`, `redoing`: they are being made; `undoing`,
 * `cancelling`: they are being taken back, and after that it is undone, or has never been. `dropped`: it cannot be
 * undone or redone any more.
 */
export type EditState =
  | 'planned'
  | 'doing'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'redoing'
  | 'cancelling'
  | 'dropped';

export interface EditRow {
  id: number;
  state: EditState;
  /** The changes up to this place are in effect. */
  appliedTo: number;
  createdId: number | null;
  /** JSON. */
  description: string;
}

/** Edits and how far they are. Writing expects a transaction. */
export class EditRows {
  readonly #limits: EditLimits;
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, limits: EditLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  begin(request: string, description: EditDescription, createdId: number | null): number {
    const { lastInsertRowid } = this.#statements.insert.run({
      ...{ request, createdId, now: this.#now() },
      description: JSON.stringify(description),
    });
    return Number(lastInsertRowid);
  }

  ofRequest(request: string): EditRow | null {
    return this.#statements.ofRequest.get(request) ?? null;
  }

  byId(id: number): EditRow | null {
    return this.#statements.byId.get(id) ?? null;
  }

  /** The first that is neither done nor undone. */
  unsettled(): EditRow | null {
    return this.#statements.unsettled.get() ?? null;
  }

  /** What is undone next. */
  newestDone(): EditRow | null {
    return this.#statements.newestDone.get() ?? null;
  }

  /** What is redone next. */
  oldestUndone(): EditRow | null {
    return this.#statements.oldestUndone.get() ?? null;
  }

  setState(id: number, state: EditState): void {
    this.#statements.setState.run(state, id);
  }

  setAppliedTo(id: number, place: number): void {
    this.#statements.setAppliedTo.run(place, id);
  }

  finish(id: number, state: 'done' | 'undone', bytes: number): void {
    this.#statements.finish.run({ id, state, bytes });
  }

  /** After a new edit: nothing can be redone any more, and what is oldest goes when there is too much. */
  drop(newest: number): void {
    this.#statements.dropUndone.run();
    const { edits, bytes } = this.#limits;
    this.#statements.dropOldest.run({ newest, edits, bytes });
  }

  delete(id: number): void {
    this.#statements.delete.run(id);
  }

  history(): EditHistory {
    const writing = this.#statements.writing.get();
    return {
      undo: described(this.newestDone()),
      redo: described(this.oldestUndone()),
      writing: writing
        ? {
            ...{ editId: writing.id, description: descriptionOf(writing) },
            backwards: writing.state === 'undoing' || writing.state === 'cancelling',
            applied: writing.last === 0 ? 0 : writing.appliedTo / writing.last,
          }
        : null,
    };
  }
}

function described(row: EditRow | null): EditHistory['undo'] {
  return row && { editId: row.id, description: descriptionOf(row) };
}

function descriptionOf({ description }: EditRow): EditDescription {
  return editDescriptionSchema.parse(JSON.parse(description));
}

function prepareStatements(database: Connection) {
  const columns = 'id, state, applied_to AS appliedTo, created_id AS createdId, description';
  const one = (condition: string) =>
    database.prepare<[], EditRow>(`SELECT ${columns} FROM edits WHERE ${condition} LIMIT 1`);
  return {
    insert: database.prepare(`
      INSERT INTO edits (request, state, description, created_id, created_at)
      VALUES (@request, 'planned', @description, @createdId, @now)`),
    ofRequest: database.prepare<[string], EditRow>(
      `SELECT ${columns} FROM edits WHERE request = ?`,
    ),
    byId: database.prepare<[number], EditRow>(`SELECT ${columns} FROM edits WHERE id = ?`),
    unsettled: one("state NOT IN ('done', 'undone') ORDER BY id"),
    newestDone: one("state = 'done' ORDER BY id DESC"),
    oldestUndone: one("state = 'undone' ORDER BY id"),
    writing: database.prepare<[], EditRow & { last: number }>(`
      SELECT ${columns},
        ifnull((SELECT max(place) FROM edit_changes WHERE edit_id = edits.id), 0) AS last
      FROM edits WHERE state IN ('doing', 'undoing', 'redoing', 'cancelling') LIMIT 1`),
    setState: database.prepare('UPDATE edits SET state = ? WHERE id = ?'),
    setAppliedTo: database.prepare('UPDATE edits SET applied_to = ? WHERE id = ?'),
    finish: database.prepare('UPDATE edits SET state = @state, bytes = @bytes WHERE id = @id'),
    dropUndone: database.prepare("UPDATE edits SET state = 'dropped' WHERE state = 'undone'"),
    // The newest stays, however large it is.
    dropOldest: database.prepare(`
      UPDATE edits SET state = 'dropped' WHERE state = 'done' AND id <> @newest AND id IN (
        SELECT id FROM (
          SELECT id, row_number() OVER newer AS number, sum(bytes) OVER newer AS total
          FROM edits WHERE state = 'done' WINDOW newer AS (ORDER BY id DESC)
        ) WHERE number > @edits OR total > @bytes)`),
    delete: database.prepare('DELETE FROM edits WHERE id = ?'),
  };
}
