import type { LibraryApi } from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { LibraryHolder } from './library-holder';

type RootProcedure =
  | 'awaitedRoot'
  | 'setRootOnline'
  | 'removeRoot'
  | 'findRootsOnVolumes'
  | 'findRootByPath'
  | 'getSettings'
  | 'changeSettings';

/** What main asks about the folders of the library, and what is set for them. */
export function rootHandlers(holder: LibraryHolder): Pick<RpcHandlers<LibraryApi>, RootProcedure> {
  return {
    awaitedRoot: ({ rootId }) => holder.library.places.awaited(rootId),
    setRootOnline: ({ rootId, online }) => {
      const { library } = holder;
      if (library.write(() => library.roots.setOnline(rootId, online))) library.changes.noteNow();
      return null;
    },
    removeRoot: ({ rootId }) => {
      const { library } = holder;
      const cancelledJobIds = library.write(() => {
        library.roots.remove(rootId);
        return library.jobs.cancelJobsOfRoot(rootId);
      });
      for (const jobId of cancelledJobIds) library.endRun(jobId);
      library.previews.dropRemoved();
      library.changes.noteNow();
      return { cancelledJobIds };
    },
    getSettings: () => holder.library.settings.get(),
    changeSettings: (change) => {
      const { library } = holder;
      const settings = library.write(() => library.settings.change(change));
      if (change.previewCacheBytes !== undefined) library.previews.trim();
      return settings;
    },
    findRootsOnVolumes: ({ path }) => {
      const { roots, places } = holder.library;
      return roots.findByPath(path) ? [] : places.namedLike(path);
    },
    findRootByPath: ({ path }) => {
      const root = holder.library.roots.findByPath(path);
      return root ? { rootId: root.rootId } : null;
    },
  };
}
