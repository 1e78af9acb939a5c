import type { Request } from '../../../shared/contract';
import { countOf } from '../../format/number';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showNotice } from '../../ui/notice-toast';
import { takeJob } from '../jobs/start-jobs';

/** Some problems by their videos' IDs, or all of them. */
export type ProblemSelection = Request<'problems.dismiss'>;

/** Has the files read again by scans of their folders. */
export async function retryProblems(
  services: Services,
  selection: ProblemSelection,
): Promise<void> {
  try {
    const { jobIds } = await services.api.problems.retry(selection);
    await Promise.all(jobIds.map((jobId) => takeJob(services, { jobId })));
    showNotice(`Reading ${filesOf(selection)} again`);
  } catch (thrown) {
    showError(thrown);
  }
}

/** Takes problems out of the list until their files change. */
export async function dismissProblems(
  { api }: Services,
  selection: ProblemSelection,
): Promise<void> {
  try {
    await api.problems.dismiss(selection);
  } catch (thrown) {
    showError(thrown);
  }
}

/** Puts a report for others to read on the clipboard. */
export async function copyProblemReport(
  { api }: Services,
  selection: ProblemSelection,
): Promise<void> {
  try {
    await api.problems.copyReport(selection);
    showNotice(`Report on ${filesOf(selection)} copied`);
  } catch (thrown) {
    showError(thrown);
  }
}

function filesOf(selection: ProblemSelection): string {
  return 'all' in selection ? 'all files with problems' : countOf(selection.ids.length, 'file');
}
