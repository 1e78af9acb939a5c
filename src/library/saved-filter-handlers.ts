import type { LibraryApi } from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { LibraryHolder } from './library-holder';

type FilterProcedure =
  | 'listSavedFilters'
  | 'saveFilter'
  | 'changeSavedFilter'
  | 'reorderSavedFilters'
  | 'removeSavedFilter';

/** The queries that the person keeps. Every change answers all of them as they are then. */
export function savedFilterHandlers(
  holder: LibraryHolder,
): Pick<RpcHandlers<LibraryApi>, FilterProcedure> {
  return {
    listSavedFilters: () => holder.library.savedFilters.list(),
    saveFilter: (filter) => {
      const { library } = holder;
      return library.write(() => {
        const id = library.savedFilters.save(filter);
        return { id, filters: library.savedFilters.list() };
      });
    },
    changeSavedFilter: (change) => {
      const { library } = holder;
      return library.write(() => {
        library.savedFilters.change(change);
        return library.savedFilters.list();
      });
    },
    reorderSavedFilters: ({ ids }) => {
      const { library } = holder;
      return library.write(() => {
        library.savedFilters.reorder(ids);
        return library.savedFilters.list();
      });
    },
    removeSavedFilter: ({ id }) => {
      const { library } = holder;
      return library.write(() => {
        library.savedFilters.remove(id);
        return library.savedFilters.list();
      });
    },
  };
}
