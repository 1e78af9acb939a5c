import { useCallback, useEffect, useState } from 'react';
import { type ErrorShape, toErrorShape } from '../../../shared/errors';
import type { Backup } from '../../../shared/library';
import { useServices } from '../../services';

export type Backups =
  | { state: 'loading' }
  | { state: 'known'; backups: readonly Backup[] }
  | { state: 'failed'; error: ErrorShape };

/** The backups that were kept, newest first, and a way to ask again. */
export function useBackups(): { answer: Backups; reload: () => void } {
  const { api } = useServices();
  const [answer, setAnswer] = useState<Backups>({ state: 'loading' });
  const reload = useCallback(() => {
    api.backups.list({}).then(
      ({ backups }) => setAnswer({ state: 'known', backups }),
      (thrown) => setAnswer({ state: 'failed', error: toErrorShape(thrown) }),
    );
  }, [api]);
  useEffect(reload, [reload]);
  return { answer, reload };
}
