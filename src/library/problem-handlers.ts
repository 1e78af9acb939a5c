import type { LibraryApi, ProblemSelection } from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { OpenLibrary } from './open-library';

type Procedure = 'retryProblems' | 'dismissProblems';

/** What the problems inbox writes. */
export function problemHandlers(open: () => OpenLibrary): Pick<RpcHandlers<LibraryApi>, Procedure> {
  return {
    retryProblems: (selection) => retryProblems(open(), selection),
    dismissProblems: (selection) => {
      const library = open();
      library.write(() => library.problems.dismiss(selection));
      library.changes.noteNow();
      return null;
    },
  };
}

function retryProblems(library: OpenLibrary, selection: ProblemSelection): { jobIds: string[] } {
  const { jobIds, byRoot } = library.write(() => {
    const byRoot = library.problems.retry(selection);
    const roots = [...byRoot.keys()].map((rootId) => library.roots.require(rootId));
    const jobIds = roots.map(({ rootId, path: target }) => {
      const scan = { kind: 'scan', target, rootId, payload: {} } as const;
      return library.jobs.submit(scan).jobId;
    });
    return { jobIds, byRoot };
  });
  // Only after the commit: what a running scan was told cannot be taken back.
  for (const [rootId, videoIds] of byRoot) library.sink.probeAgain(rootId, videoIds);
  library.changes.noteNow();
  return { jobIds };
}
