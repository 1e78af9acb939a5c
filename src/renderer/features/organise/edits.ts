import type { EditCommand } from '../../../shared/edit';
import { editWords } from '../../../shared/edit-words';
import { LOCALE } from '../../format/number';
import type { Services } from '../../services';
import type { AppStore } from '../../store';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

type Needed = Pick<Services, 'api' | 'store'>;

/** What was asked for last: only when that is in effect is it known what is undone next. */
const inHand = new WeakMap<AppStore, Promise<unknown>>();

/** Carries an edit out. Answers whether it is in effect; what went wrong is said. */
export function applyEdit({ api, store }: Needed, command: EditCommand): Promise<boolean> {
  return inTurn(store, async () => {
    const { history } = await api.userData.edit({ command });
    store.getState().setHistory(history);
  });
}

/** Takes the newest edit back, and says which one that was; nothing where there is none. */
export function undoEdit({ api, store }: Needed): Promise<boolean> {
  return turn({ api, store }, 'undo');
}

/** Makes the edit again that was undone last, and says which one that was; nothing where there is none. */
export function redoEdit({ api, store }: Needed): Promise<boolean> {
  return turn({ api, store }, 'redo');
}

const DONE_WORDS = { undo: 'Undone', redo: 'Redone' } as const;

function turn({ api, store }: Needed, direction: 'undo' | 'redo'): Promise<boolean> {
  return inTurn(store, async () => {
    // What the page knows may be a moment old: it is told of changes a few times a second.
    const edit = (await api.history.get({}))[direction];
    if (edit === null) return;
    store.getState().setHistory(await api.history[direction]({ editId: edit.editId }));
    showNotice(`${DONE_WORDS[direction]}: ${editWords(edit.description, LOCALE)}`);
  });
}

function inTurn(store: AppStore, work: () => Promise<void>): Promise<boolean> {
  const before = inHand.get(store) ?? Promise.resolve();
  const done = before.then(work).then(
    () => true,
    (thrown) => {
      showError(thrown);
      return false;
    },
  );
  inHand.set(store, done);
  return done;
}
