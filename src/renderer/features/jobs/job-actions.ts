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
import { useShallow } from 'zustand/react/shallow';
import type { JobPriority, JobStatus } from '../../../shared/job';
import { type Services, useApp } from '../../services';
import type { AppState } from '../../store';
import { showError } from '../../ui/error-toast';
import { findRoot } from '../shell/library-slice';
import { jobTitle } from './job-words';
import type { JobHead } from './jobs-slice';

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

/** What a job in its state allows, the most likely first. */
function actionsOfState({ state, waitingFor }: JobHead): readonly JobAction[] {
  switch (state) {
    case 'queued':
    case 'running':
      return ['pause', 'cancel'];
    case 'waiting':
      // Trying does not bring the power back.
      return waitingFor === 'power' ? ['pause', 'cancel'] : ['tryNow', 'pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    case 'failed':
    case 'cancelled':
      return ['retry'];
    case 'succeeded':
      return [];
  }
}

type Known = Pick<AppState, 'jobs' | 'summary'>;

/** What can be done with a job. What a newer job does, and what has no folder any more, is not tried again. */
export function actionsOf(job: JobHead, known: Known): readonly JobAction[] {
  return actionsOfState(job).filter((action) => action !== 'retry' || isRetriable(job, known));
}

function isRetriable({ kind, target, rootId, createdAt }: JobHead, { jobs, summary }: Known) {
  if (rootId !== null && !findRoot(summary, rootId)) return false;
  return !jobs.some(
    (other) => other.kind === kind && other.target === target && other.createdAt > createdAt,
  );
}

/** What can be done with a job as it stands now; drawn again only when that changes. */
export function useActions(job: JobHead): readonly JobAction[] {
  return useApp(useShallow((state) => actionsOf(job, state)));
}

/** The one of the possible actions that a key on a job's row stands for. */
export function actionOfKey(actions: readonly JobAction[], key: string): JobAction | null {
  const wanted = key === 'Backspace' ? 'Delete' : key.length === 1 ? key.toLowerCase() : key;
  return actions.find((action) => JOB_ACTIONS[action].key === wanted) ?? null;
}

/** Has it done; the store takes the job as it is afterwards, and a failure is told. */
export function runJobAction(services: Services, job: JobHead, action: JobAction): void {
  // A job that waits and is resumed does not wait any longer.
  const request = action === 'tryNow' ? 'resume' : action;
  void tell(services, job, services.api.jobs[request]({ jobId: job.jobId }));
}

export function setJobPriority(services: Services, job: JobHead, priority: JobPriority): void {
  void tell(services, job, services.api.jobs.setPriority({ jobId: job.jobId, priority }));
}

/** Whether there is a job that allows it. */
export function canRun(known: Known, action: JobAction): boolean {
  return known.jobs.some((job) => actionsOf(job, known).includes(action));
}

/** Does the same with every job that allows it. */
export function runOnAll(services: Services, action: JobAction): void {
  const state = services.store.getState();
  for (const job of state.jobs) {
    if (actionsOf(job, state).includes(action)) runJobAction(services, job, action);
  }
}

async function tell({ store }: Services, job: JobHead, answer: Promise<JobStatus>): Promise<void> {
  try {
    store.getState().updateJob(await answer);
  } catch (thrown) {
    showError(thrown, jobTitle(job));
  }
}
