import { EXIT, exitCodeOfJobs } from './exit-codes';
import { JobFollower } from './job-follower';
import { type JobHost, openJobHost } from './job-host';
import type { Output } from './output';

/**
 * Submits jobs and follows them all to their end; answers the exit code. Interrupted, it leaves them resumable.
 * @param submit answers the jobs' IDs
 * @throws VitrineError what `submit` throws, or why the library cannot be used
 */
export async function followJobs(
  libraryPath: string,
  output: Output,
  submit: (host: JobHost) => Promise<string[]>,
): Promise<number> {
  const follower = new JobFollower(output);
  const host = await openJobHost(libraryPath, (status) => follower.update(status));
  const interrupted = interruption();
  try {
    const jobIds = await submit(host);
    if (jobIds.length === 0) return EXIT.done;
    follower.follow(jobIds);
    // A job may have ended before it was followed.
    for (const jobId of jobIds) follower.update(await host.get(jobId));
    const outcome = await Promise.race([follower.allFinished, interrupted.signalled, host.lost]);
    if (outcome === 'interrupted') return EXIT.interrupted;
    return exitCodeOfJobs(outcome);
  } finally {
    interrupted.dispose();
    await host.close();
  }
}

/** Ctrl-C, a request to end, a terminal that is closed. */
const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function interruption(): { signalled: Promise<'interrupted'>; dispose(): void } {
  let onSignal: () => void = () => {};
  const signalled = new Promise<'interrupted'>((resolve) => {
    onSignal = () => resolve('interrupted');
  });
  for (const signal of INTERRUPTIONS) process.on(signal, onSignal);
  return {
    signalled,
    dispose: () => {
      for (const signal of INTERRUPTIONS) process.off(signal, onSignal);
    },
  };
}
