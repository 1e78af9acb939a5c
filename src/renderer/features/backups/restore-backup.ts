import type { Backup } from '../../../shared/library';
import { formatDateTime } from '../../format/date';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';
import { ALL_VIDEOS } from '../browser/view-slice';

/** Puts a backup in the library's place; that it is open is told by the library's status. */
export async function restoreBackup(
  { api, store }: Pick<Services, 'api' | 'store'>,
  { backupId, madeAtMs }: Backup,
): Promise<void> {
  try {
    await api.backups.restore({ backupId });
    const { place, openPlace, clearSelection } = store.getState();
    clearSelection();
    // The folder that was shown need not be in it.
    if (place.type === 'videos') openPlace(ALL_VIDEOS);
    showNotice(`The library is as it was on ${formatDateTime(madeAtMs)}`);
  } catch (thrown) {
    showError(thrown, 'Restore');
  }
}
