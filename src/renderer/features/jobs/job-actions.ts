import {
  ChevronDown,
  ChevronUp,
  CirclePause,
  CirclePlay,
  type LucideIcon,
  Minus,
  RotateCcw,
  X,
} from 'lucide-react';
import type { JobPriority, JobStatus } from '../../../shared/job';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { jobTitle } from './job-words';

/** What a person can have done with a job. `tryNow` ends a wait. */
export type JobAction = 'pause' | 'resume' | 'tryNow' | 'retry' | 'cancel';

interface ActionLook {
  label: string;
  icon: LucideIcon;
  /** Key on a job's row, as `KeyboardEvent.key`, and how it is written. */
  key: string;
  keyLabel: string;
}

export const JOB_ACTIONS: Readonly<Record<JobAction, ActionLook>> = {
  pause: { label: 'Pause', icon: CirclePause, key: 'p', keyLabel: 'P' },
  resume: { label: 'Resume', icon: CirclePlay, key: 'p', keyLabel: 'P' },
  tryNow: { label: 'Try now', icon: RotateCcw, key: 'r', keyLabel: 'R' },
  retry: { label: 'Try again', icon: RotateCcw, key: 'r', keyLabel: 'R' },
  cancel: { label: 'Cancel', icon: X, key: 'Delete', keyLabel: 'Del' },
};

export const PRIORITY_ICONS: Readonly<Record<JobPriority, LucideIcon>> = {
  high: ChevronUp,
  normal: Minus,
  low: ChevronDown,
};

/** What can be done with a job in its state, the most likely first. */
export function actionsOf(job: Pick<JobStatus, 'state' | 'kind' | 'rootId'>): JobAction[] {
  switch (job.state) {
    case 'queued':
    case 'running':
      return ['pause', 'cancel'];
    case 'waiting':
      return job.kind === 'scan' && job.rootId !== null
        ? ['tryNow', 'pause', 'cancel']
        : ['pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    case 'failed':
    case 'cancelled':
      return ['retry'];
    case 'succeeded':
      return [];
  }
}

/** The action that a key on a job's row stands for. */
export function actionOfKey(job: JobStatus, key: string): JobAction | null {
  const wanted = key === 'Backspace' ? 'Delete' : key.length === 1 ? key.toLowerCase() : key;
  return actionsOf(job).find((action) => JOB_ACTIONS[action].key === wanted) ?? null;
}

/** Has it done; the store takes the job as it is afterwards, and a failure is told. */
export function runJobAction(services: Services, job: JobStatus, action: JobAction): void {
  void tell(services, job, ({ api }, { jobId, rootId }) => {
    if (action !== 'tryNow') return api.jobs[action]({ jobId });
    // A scan that is asked for while it waits does not wait any longer.
    return rootId === null
      ? api.jobs.get({ jobId })
      : api.scan.start({ rootId }).then((started) => api.jobs.get(started));
  });
}

export function setJobPriority(services: Services, job: JobStatus, priority: JobPriority): void {
  void tell(services, job, ({ api }, { jobId }) => api.jobs.setPriority({ jobId, priority }));
}

/** Whether there is a job that allows it. */
export function canRun(jobs: readonly JobStatus[], action: JobAction): boolean {
  return jobs.some((job) => actionsOf(job).includes(action));
}

/** Does the same with every job that allows it. */
export function runOnAll(services: Services, action: JobAction): void {
  for (const job of services.store.getState().jobs) {
    if (actionsOf(job).includes(action)) runJobAction(services, job, action);
  }
}

async function tell(
  services: Services,
  job: JobStatus,
  request: (services: Services, job: JobStatus) => Promise<JobStatus>,
): Promise<void> {
  try {
    services.store.getState().updateJob(await request(services, job));
  } catch (thrown) {
    showError(thrown, jobTitle(job));
  }
}
