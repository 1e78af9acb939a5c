import { useCallback } from 'react';
import type { JobStatus } from '../../../shared/job';
import { useServices } from '../../services';
import { showError } from '../../ui/error-toast';
import { jobSubject } from './job-words';

/** Cancels a job; what it found so far is kept. */
export function useCancelJob(): (job: JobStatus) => void {
  const { api, store } = useServices();
  return useCallback(
    (job) => {
      api.jobs.cancel({ jobId: job.jobId }).then(
        (cancelled) => store.getState().updateJob(cancelled),
        (thrown) => showError(thrown, jobSubject(job)),
      );
    },
    [api, store],
  );
}
