import { useShallow } from 'zustand/react/shallow';
import type { JobStatus } from '../../../shared/job';
import { useApp } from '../../services';
import { findJob, type JobHead, jobHead } from './jobs-slice';

/** A job with its progress: what uses it is drawn again at each tick. */
export function useJob(jobId: string): JobStatus | undefined {
  return useApp((state) => findJob(state.jobs, jobId));
}

/** A job without its progress: what uses it is drawn again only when more than that changes. */
export function useJobHead(jobId: string): JobHead | undefined {
  return useApp(
    useShallow((state) => {
      const job = findJob(state.jobs, jobId);
      return job && jobHead(job);
    }),
  );
}
