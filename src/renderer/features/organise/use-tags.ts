import { useEffect, useState } from 'react';
import type { Tag } from '../../../shared/user-data';
import { useApp, useServices } from '../../services';

/** All tags of the library by their names, asked for again when it changes. */
export function useTags(): readonly Tag[] {
  const { api } = useServices();
  const libraryVersion = useApp((state) => state.libraryVersion);
  const [tags, setTags] = useState<readonly Tag[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer version is a reason to ask again
  useEffect(() => {
    let isStale = false;
    // Without them tags can be written out all the same.
    api.tags.list({}).then(
      (answer) => {
        if (!isStale) setTags(answer.tags);
      },
      () => undefined,
    );
    return () => {
      isStale = true;
    };
  }, [api, libraryVersion]);
  return tags;
}
