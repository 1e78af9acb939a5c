import type { EditCommand, EditHistory } from '../../../shared/edit';
import { editWords } from '../../../shared/edit-words';
import { LOCALE } from '../../format/number';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

/** Carries an edit out. Answers whether it is in effect; what went wrong is said. */
export async function applyEdit(
  { api, store }: Pick<Services, 'api' | 'store'>,
  command: EditCommand,
): Promise<boolean> {
  try {
    const { history } = await api.userData.edit({ command });
    store.getState().setHistory(history);
    return true;
  } catch (thrown) {
    showError(thrown);
    return false;
  }
}

/** Takes the newest edit back, and says which one that was; nothing where there is none. */
export function undoEdit({ api, store }: Pick<Services, 'api' | 'store'>): Promise<void> {
  const { undo } = store.getState().history;
  return turn({ store }, undo, 'Undone', (editId) => api.history.undo({ editId }));
}

/** Makes the edit again that was undone last, and says which one that was; nothing where there is none. */
export function redoEdit({ api, store }: Pick<Services, 'api' | 'store'>): Promise<void> {
  const { redo } = store.getState().history;
  return turn({ store }, redo, 'Redone', (editId) => api.history.redo({ editId }));
}

async function turn(
  { store }: Pick<Services, 'store'>,
  edit: EditHistory['undo'],
  word: string,
  ask: (editId: number) => Promise<EditHistory>,
): Promise<void> {
  if (edit === null) return;
  try {
    store.getState().setHistory(await ask(edit.editId));
    showNotice(`${word}: ${editWords(edit.description, LOCALE)}`);
  } catch (thrown) {
    showError(thrown);
  }
}
