import type { Response } from '../../shared/contract';
import { EXIT } from './exit-codes';
import { followJobs } from './follow-jobs';
import type { Output } from './output';
import { eachProblem, withLibrary } from './read-library';

type ListedProblem = Response<'problems.list'>['problems'][number];

/** Every file that could not be read and that the person did not dismiss, newest first. */
export async function listProblems(libraryPath: string, output: Output): Promise<number> {
  await withLibrary(libraryPath, async (library) => {
    for await (const problem of eachProblem(library)) {
      if (output.json) await output.object(problem);
      else await output.line(describe(problem));
      if (output.broken) return;
    }
  });
  return EXIT.done;
}

/**
 * Reads them again, and follows the scans that do it.
 * @throws VitrineError when the library cannot be used
 */
export async function retryProblems(libraryPath: string, output: Output): Promise<number> {
  // Opened for reading first: that makes no library where there is none.
  if (!(await hasProblems(libraryPath))) {
    if (!output.json) await output.line('There are no problems.');
    return EXIT.done;
  }
  return followJobs(libraryPath, output, async (host) => {
    const { jobIds } = await host.retryProblems();
    for (const jobId of jobIds) {
      if (output.json) await output.object({ type: 'submitted', jobId });
      else await output.line(`Reading problems again (job ${jobId})`);
    }
    return jobIds;
  });
}

function hasProblems(libraryPath: string): Promise<boolean> {
  return withLibrary(libraryPath, async (library) => {
    for await (const _problem of eachProblem(library)) return true;
    return false;
  });
}

function describe({ path, problem }: ListedProblem): string {
  return [path, problem.code, problem.message].join('\t');
}
