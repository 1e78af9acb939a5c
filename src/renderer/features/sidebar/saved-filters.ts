import { useEffect, useState } from 'react';
import type { SavedFilter } from '../../../shared/saved-filter';
import { useServices } from '../../services';

/** The queries that the person keeps, in their order. */
export function useSavedFilters(): readonly SavedFilter[] {
  const { api } = useServices();
  const [filters, setFilters] = useState<readonly SavedFilter[]>([]);
  useEffect(() => {
    let isNewer = false;
    const stop = api.savedFilters.onChange((change) => {
      isNewer = true;
      setFilters(change.filters);
    });
    api.savedFilters.list({}).then(
      (answer) => {
        if (!isNewer) setFilters(answer.filters);
      },
      // They are told with the next change.
      () => undefined,
    );
    return stop;
  }, [api]);
  return filters;
}
