import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Hourglass,
  type LucideIcon,
  RefreshCw,
} from 'lucide-react';
import type { JobState } from '../../../shared/job';
import { classes } from '../../ui/classes';

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
export function JobIcon({ state, className }: { state: JobState; className?: string }) {
  const [Icon, colour] = ICONS[state];
  return <Icon aria-hidden className={classes(colour, className)} />;
}
