import type { Request } from '../../../shared/contract';
import type { JobStatus } from '../../../shared/job';
import type { Root } from '../../../shared/library';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';

/** Submits a scan; it stands in the tray when this resolves. */
export async function submitScan(
  services: Services,
  request: Request<'scan.start'>,
): Promise<JobStatus> {
  return takeJob(services, await services.api.scan.start(request));
}

/** Takes a job that was just submitted into the store. */
export async function takeJob(
  { api, store }: Services,
  submitted: { jobId: string },
): Promise<JobStatus> {
  const job = await api.jobs.get(submitted);
  store.getState().addJob(job);
  return job;
}

type NamedRoot = Pick<Root, 'rootId' | 'name'>;

/**
 * Scans a folder that is in the library already.
 *
 * @param options `acceptMissing`: videos that are not found are gone, however many they are
 */
export async function scanRoot(
  services: Services,
  { rootId, name }: NamedRoot,
  options: { acceptMissing?: true } = {},
): Promise<void> {
  try {
    await submitScan(services, { rootId, ...options });
  } catch (thrown) {
    showError(thrown, name);
  }
}

/** Decodes every video of a folder and looks for damage. */
export async function verifyRoot(services: Services, { rootId, name }: NamedRoot): Promise<void> {
  try {
    await takeJob(services, await services.api.verify.start({ rootId, folder: '' }));
  } catch (thrown) {
    showError(thrown, name);
  }
}

/** Makes what pictures are missing. */
export async function makeMissingPreviews(services: Services): Promise<void> {
  try {
    const { jobId } = await services.api.previews.start({});
    if (jobId === null) showNotice('No previews are missing.');
    else await takeJob(services, { jobId });
  } catch (thrown) {
    showError(thrown, 'Previews');
  }
}

/** Decodes videos and looks for damage. */
export async function verifyVideos(services: Services, videoIds: number[]): Promise<void> {
  try {
    await takeJob(services, await services.api.verify.start({ videoIds }));
  } catch (thrown) {
    showError(thrown);
  }
}
