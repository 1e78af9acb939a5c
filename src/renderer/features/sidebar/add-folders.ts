import type { JobStatus } from '../../../shared/job';
import { lastName } from '../../format/path';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';

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

/** Scans a folder that is in the library already. */
export async function scanRoot(services: Services, rootId: number, name: string): Promise<void> {
  try {
    await submitScan(services, { rootId });
  } catch (thrown) {
    showError(thrown, name);
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

async function submitScan(
  { api, store }: Services,
  request: { rootId: number } | { path: string },
): Promise<JobStatus> {
  const job = await api.jobs.get(await api.scan.start(request));
  store.getState().addJob(job);
  return job;
}
