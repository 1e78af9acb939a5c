import { inspectFolder } from '../ipc/folder-grants';
import { followJobs } from './follow-jobs';
import type { JobHost } from './job-host';
import type { Output } from './output';

/**
 * Submits a scan for each folder, follows them all to their end.
 * @throws VitrineError for a path that is no readable folder, or a library that cannot be used
 */
export async function scanFolders(
  paths: readonly string[],
  libraryPath: string,
  output: Output,
): Promise<number> {
  const folders = [...new Set(await Promise.all(paths.map(inspectFolder)))];
  return followJobs(libraryPath, output, (host) => submitAll(host, folders, output));
}

async function submitAll(
  host: JobHost,
  folders: readonly string[],
  output: Output,
): Promise<string[]> {
  const jobIds: string[] = [];
  for (const folder of folders) {
    const startedAt = performance.now();
    const { jobId } = await host.submitScan(folder);
    const elapsedMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
    if (output.json) await output.object({ type: 'submitted', jobId, elapsedMs });
    else await output.line(`Scanning ${folder} (job ${jobId})`);
    jobIds.push(jobId);
  }
  return jobIds;
}
