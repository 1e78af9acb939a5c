import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Response } from '../../../shared/contract';
import type { Api } from '../../api';
import { coalesced } from '../../coalesce';
import { useApp, useServices } from '../../services';
import { showError } from '../../ui/error-toast';

export type ProblemEntry = Response<'problems.list'>['problems'][number];

const PAGE_SIZE = 100;

interface Problems {
  /** Null until the first answer. */
  entries: readonly ProblemEntry[] | null;
  /** Whether there are more than the loaded ones. */
  hasMore: boolean;
  loadMore: () => void;
}

/** The unreadable files, page by page; what is loaded is asked for again when the library changes. */
export function useProblems(): Problems {
  const { api } = useServices();
  const libraryVersion = useApp((state) => state.libraryVersion);
  const [loaded, setLoaded] = useState<LoadedProblems | null>(null);
  const wantedCount = useRef(PAGE_SIZE);

  const reload = useMemo(
    () =>
      coalesced(async () => {
        try {
          const newer = await loadProblems(api, wantedCount.current);
          setLoaded((before) => withKnownEntries(before, newer));
        } catch (thrown) {
          showError(thrown);
        }
      }),
    [api],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer version is a reason to ask again
  useEffect(() => void reload(), [reload, libraryVersion]);

  const loadedCount = loaded?.entries.length ?? 0;
  const loadMore = useCallback(() => {
    if (wantedCount.current > loadedCount) return;
    wantedCount.current = loadedCount + PAGE_SIZE;
    void reload();
  }, [reload, loadedCount]);

  return { entries: loaded?.entries ?? null, hasMore: loaded?.hasMore ?? false, loadMore };
}

interface LoadedProblems {
  entries: readonly ProblemEntry[];
  hasMore: boolean;
}

async function loadProblems(api: Api, count: number): Promise<LoadedProblems> {
  const entries: ProblemEntry[] = [];
  let after: string | null = null;
  do {
    const page: Response<'problems.list'> = await api.problems.list({ after, limit: PAGE_SIZE });
    entries.push(...page.problems);
    after = page.next;
  } while (after !== null && entries.length < count);
  return { entries, hasMore: after !== null };
}

/** The newer answer with the old objects for problems that did not change: only those that did are drawn again. */
function withKnownEntries(before: LoadedProblems | null, newer: LoadedProblems): LoadedProblems {
  const known = new Map(before?.entries.map((entry) => [entry.id, entry]));
  const entries = newer.entries.map((entry) => {
    const old = known.get(entry.id);
    const isSame = old?.path === entry.path && old.problem.occurredAt === entry.problem.occurredAt;
    return isSame ? old : entry;
  });
  return { ...newer, entries };
}
