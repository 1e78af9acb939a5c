import type { LibraryApi } from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { LibraryHolder } from './library-holder';

type UserDataProcedure =
  | 'editUserData'
  | 'undoEdit'
  | 'redoEdit'
  | 'editHistory'
  | 'listTags'
  | 'listCollections'
  | 'commonUserData'
  | 'pageUserData'
  | 'importUserData';

/** What main asks of tags, collections and what else the person says of videos. */
export function userDataHandlers(
  holder: LibraryHolder,
): Pick<RpcHandlers<LibraryApi>, UserDataProcedure> {
  return {
    editUserData: async ({ request, command }) => {
      const { edits } = holder.library;
      const result = await edits.edit(request, command);
      return { ...result, history: edits.history };
    },
    undoEdit: async ({ editId }) => {
      const { edits } = holder.library;
      await edits.undo(editId);
      return edits.history;
    },
    redoEdit: async ({ editId }) => {
      const { edits } = holder.library;
      await edits.redo(editId);
      return edits.history;
    },
    editHistory: () => holder.library.edits.history,
    listTags: (_, { signal }) => holder.library.readers.call('listTags', null, { signal }),
    listCollections: (_, { signal }) =>
      holder.library.readers.call('listCollections', null, { signal }),
    pageUserData: (request, { signal }) =>
      holder.library.readers.call('pageUserData', request, { signal }),
    importUserData: async ({ request, path }) => {
      const { edits, readers } = holder.library;
      const imported = await readers.call('planImport', { path }, {});
      const { editId } = await edits.import(request, imported);
      return { editId, ...imported.counts };
    },
    commonUserData: async ({ selection }, { signal }) => {
      const { readers } = holder.library;
      const ids = await readers.call('selectVideos', selection, { signal });
      return readers.call('commonUserData', { ids }, { signal });
    },
  };
}
