import type { EditHistory } from '../shared/edit';
import { editWords } from '../shared/edit-words';
import type { MenuHistory } from './menu';

/**
 * Has the menu name what can be undone and redone. A menu that is open is closed when it is made anew: that is done only
 * when a name is another one.
 */
export class HistoryMenu {
  readonly #install: (history: MenuHistory) => void;
  #shown: MenuHistory = { undo: null, redo: null };

  constructor(install: (history: MenuHistory) => void) {
    this.#install = install;
  }

  show({ undo, redo }: EditHistory): void {
    const next = {
      undo: undo && editWords(undo.description),
      redo: redo && editWords(redo.description),
    };
    if (next.undo === this.#shown.undo && next.redo === this.#shown.redo) return;
    this.#shown = next;
    this.#install(next);
  }
}
