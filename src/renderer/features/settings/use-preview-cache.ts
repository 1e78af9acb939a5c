import { useCallback, useEffect, useState } from 'react';
import type { PreviewCache } from '../../../shared/preview';
import { useApp, useServices } from '../../services';

/** What the previews take, asked again whenever the library changed, and on demand; null until it is known. */
export function usePreviewCache(): { cache: PreviewCache | null; reload: () => void } {
  const { api } = useServices();
  const summary = useApp((state) => state.summary);
  const [cache, setCache] = useState<PreviewCache | null>(null);
  const reload = useCallback(() => {
    // The library is being opened again: a change of it follows.
    api.previews.cache({}).then(setCache, () => undefined);
  }, [api]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a summary that was read anew tells of a change
  useEffect(reload, [reload, summary]);
  return { cache, reload };
}
