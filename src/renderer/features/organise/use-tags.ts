import { useEffect, useState } from 'react';
import type { Collection, Tag } from '../../../shared/user-data';
import type { Api } from '../../api';
import { useApp, useServices } from '../../services';

/** All tags of the library by their names. */
export function useTags(): readonly Tag[] {
  return useListOf(askForTags);
}

/** All collections in the person's order. */
export function useCollections(): readonly Collection[] {
  return useListOf(askForCollections);
}

const askForTags = async (api: Api) => (await api.tags.list({})).tags;
const askForCollections = async (api: Api) => (await api.collections.list({})).collections;

/** Asked for again whenever the library changes. @param ask stays the same */
function useListOf<T>(ask: (api: Api) => Promise<readonly T[]>): readonly T[] {
  const { api } = useServices();
  const libraryVersion = useApp((state) => state.libraryVersion);
  const [list, setList] = useState<readonly T[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer version is a reason to ask again
  useEffect(() => {
    let isStale = false;
    ask(api).then(
      (answer) => {
        if (!isStale) setList(answer);
      },
      // The next change asks again; until then what is known is shown.
      () => undefined,
    );
    return () => {
      isStale = true;
    };
  }, [api, ask, libraryVersion]);
  return list;
}
