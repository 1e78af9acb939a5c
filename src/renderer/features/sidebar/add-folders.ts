import type { JobStatus } from '../../../shared/job';
import { lastName } from '../../format/path';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { submitScan } from '../jobs/start-jobs';

/** Lets the person choose folders in the system's dialog, and adds them. */
export async function chooseFolders(services: Services): Promise<void> {
  try {
    const { paths } = await services.api.roots.choose({});
    await addFolders(services, paths);
  } catch (thrown) {
    showError(thrown);
  }
}

/** Adds the folders among dropped files. */
export async function addDroppedFolders(services: Services, files: File[]): Promise<void> {
  try {
    const { paths } = await services.api.drop.folders(files);
    await addFolders(services, paths);
  } catch (thrown) {
    showError(thrown);
  }
}

async function addFolders(services: Services, paths: readonly string[]): Promise<void> {
  const { api, store } = services;
  let added: JobStatus | null = null;
  for (const path of paths) {
    try {
      added = await submitScan(services, { path });
    } catch (thrown) {
      showError(thrown, lastName(path));
    }
  }
  if (added?.rootId == null) return;
  // The sidebar must know the folder before it can be the open one.
  store.getState().setSummary(await api.library.summary({}));
  store.getState().openPlace({ type: 'videos', scope: { type: 'root', rootId: added.rootId } });
}
