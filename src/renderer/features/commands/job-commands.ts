import { Images, SlidersHorizontal } from 'lucide-react';
import { isLive, JOB_PRIORITIES, type JobStatus } from '../../../shared/job';
import { uncapitalised } from '../../format/text';
import type { AppState } from '../../store';
import {
  actionsOf,
  canRun,
  JOB_ACTIONS,
  type JobAction,
  PRIORITY_ICONS,
  runJobAction,
  runOnAll,
  setJobPriority,
} from '../jobs/job-actions';
import { jobTitle, PRIORITY_WORDS, stateWord } from '../jobs/job-words';
import { makeMissingPreviews } from '../jobs/start-jobs';
import type { Action, Choice, Command } from './command';

type Known = Pick<AppState, 'jobs' | 'summary'>;

/** Jobs that ended badly and can be tried again from the palette; older ones are on the jobs page. */
const RETRIABLE_JOBS = 5;

/** What can be done with each job that allows it, and with all of them. */
export function jobCommands(known: Known): Command[] {
  const live = known.jobs.filter(({ state }) => isLive(state)).reverse();
  const ended = known.jobs
    .filter((job) => actionsOf(job, known).includes('retry'))
    .slice(0, RETRIABLE_JOBS);
  return [
    ...(['pause', 'resume'] as const).filter((action) => canRun(known, action)).map(allJobsCommand),
    ...live.map((job) => liveJobCommand(job, known)),
    ...ended.flatMap((job) => actionCommands(job, known)),
    ...(known.summary && known.summary.roots.length > 0 ? [MAKE_PREVIEWS] : []),
  ];
}

const MAKE_PREVIEWS: Action = {
  id: 'make-previews',
  title: 'Make missing previews',
  group: 'Jobs',
  icon: Images,
  keywords: ['posters', 'thumbnails', 'filmstrips', 'pictures'],
  run: (services) => void makeMissingPreviews(services),
};

function allJobsCommand(action: 'pause' | 'resume'): Action {
  const { label, icon } = JOB_ACTIONS[action];
  return {
    id: `${action}-all-jobs`,
    title: `${label} all jobs`,
    group: 'Jobs',
    icon,
    run: (services) => runOnAll(services, action),
  };
}

function actionCommands(job: JobStatus, known: Known): Action[] {
  return actionsOf(job, known).map((action) => {
    const { sentence, keywords } = ACTION_WORDS[action];
    return {
      id: `${action}-job:${job.jobId}`,
      title: sentence(uncapitalised(jobTitle(job))),
      group: 'Jobs',
      icon: JOB_ACTIONS[action].icon,
      keywords,
      run: (services) => runJobAction(services, job, action),
    };
  });
}

const ACTION_WORDS: Readonly<
  Record<JobAction, { sentence: (title: string) => string; keywords: readonly string[] }>
> = {
  pause: { sentence: (title) => `Pause ${title}`, keywords: ['stop'] },
  resume: { sentence: (title) => `Resume ${title}`, keywords: ['continue', 'go on'] },
  tryNow: { sentence: (title) => `Try ${title} now`, keywords: ['retry'] },
  retry: { sentence: (title) => `Try ${title} again`, keywords: ['retry', 'restart'] },
  cancel: { sentence: (title) => `Cancel ${title}`, keywords: ['abort', 'stop'] },
};

function liveJobCommand(job: JobStatus, known: Known): Choice {
  return {
    id: `job:${job.jobId}`,
    title: `${jobTitle(job)}…`,
    detail: stateWord(job),
    group: 'Jobs',
    icon: SlidersHorizontal,
    keywords: ['pause', 'resume', 'cancel', 'priority'],
    choices: [...actionCommands(job, known), ...priorityCommands(job)],
  };
}

function priorityCommands(job: JobStatus): Action[] {
  return [...JOB_PRIORITIES].reverse().map((priority) => ({
    id: `${priority}-priority:${job.jobId}`,
    title: `Give ${uncapitalised(jobTitle(job))} ${PRIORITY_WORDS[priority].toLowerCase()} priority`,
    ...(priority === job.priority && { detail: 'as now' }),
    group: 'Jobs',
    icon: PRIORITY_ICONS[priority],
    keywords: ['order', 'first', 'later'],
    run: (services) => setJobPriority(services, job, priority),
  }));
}
