import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Hourglass,
  type LucideIcon,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import type { JobState } from '../../../shared/job';
import { classes } from '../../ui/classes';
import { wantsAttention } from './job-words';
import type { JobHead } from './jobs-slice';

const ICONS: Readonly<Record<JobState, readonly [LucideIcon, colour: string]>> = {
  queued: [CircleDashed, 'text-muted'],
  running: [RefreshCw, 'text-accent'],
  waiting: [Hourglass, 'text-attention'],
  paused: [CirclePause, 'text-muted'],
  succeeded: [CircleCheck, 'text-success'],
  failed: [CircleAlert, 'text-danger'],
  cancelled: [Ban, 'text-muted'],
};

/** The state's sign; the word always stands beside it. */
export function JobIcon({ job, className }: { job: JobHead; className?: string }) {
  const [Icon, colour] = wantsAttention(job)
    ? ([TriangleAlert, 'text-attention'] as const)
    : ICONS[job.state];
  return <Icon aria-hidden className={classes(colour, className)} />;
}
