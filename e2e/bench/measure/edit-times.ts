import type { Page } from 'playwright/test';
import type { Selection } from '../../../src/shared/edit';

/** Milliseconds from the call to its answer, when all of the edit is in effect. */
export interface EditTimes {
  edit: number;
  undo: number;
  redo: number;
  /** What the selection has in common, asked for afterwards. */
  common: number;
  /** Of small writes that were asked for one after the other meanwhile. */
  others: number[];
}

/** Tags a selection with a new tag as the window does, undoes that and redoes it, and leaves it undone. */
export function timeEdits(page: Page, selection: Selection, tag: string): Promise<EditTimes> {
  return page.evaluate(
    async ({ chosen, name }) => {
      const { userData, history, player } = window.vitrine;
      const others: number[] = [];
      let isOver = false;
      const timed = async (work: () => Promise<{ ok: boolean }>) => {
        const startedAt = performance.now();
        const { ok } = await work();
        if (!ok) throw new Error('An edit failed.');
        return performance.now() - startedAt;
      };
      const writeOthers = async () => {
        for (let seconds = 1; !isOver; seconds += 1) {
          others.push(await timed(() => player.savePosition({ id: 1, seconds })));
        }
      };
      const turn = async (to: 'undo' | 'redo') => {
        const answer = await history.get({});
        const editId = answer.ok ? (answer.value[to]?.editId ?? 0) : 0;
        return timed(() => history[to]({ editId }));
      };
      const writing = writeOthers();
      const edit = await timed(() =>
        userData.edit({ command: { type: 'addTags', selection: chosen, tags: [name] } }),
      );
      const undo = await turn('undo');
      const redo = await turn('redo');
      isOver = true;
      await writing;
      const common = await timed(() => userData.common({ selection: chosen }));
      await turn('undo');
      return { edit, undo, redo, common, others };
    },
    { chosen: selection, name: tag },
  );
}
