import type { Backup } from '../../../shared/library';
import { formatDateTime } from '../../format/date';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

/** Puts a backup in the library's place; that it is open is told by the library's status. */
export async function restoreBackup(
  { api, store }: Pick<Services, 'api' | 'store'>,
  { backupId, madeAtMs }: Backup,
): Promise<void> {
  try {
    await api.backups.restore({ backupId });
    store.getState().clearSelection();
    showNotice(`The library is as it was on ${formatDateTime(madeAtMs)}`);
  } catch (thrown) {
    showError(thrown, 'Restore');
  }
}
