import { ChevronRight, Ellipsis } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type KeyboardEvent, memo, useEffect, useId, useRef, useState } from 'react';
import { isLive, type JobStatus } from '../../../shared/job';
import { formatMoment } from '../../format/date';
import { countOf } from '../../format/number';
import { capitalised } from '../../format/text';
import { useServices } from '../../services';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/icon-button';
import { MENU_CONTENT } from '../../ui/menu';
import { ProgressBar } from '../../ui/progress-bar';
import { actionOfKey, JOB_ACTIONS, runJobAction, useActions } from './job-actions';
import { JobDetails } from './job-details';
import { tookWords } from './job-facts';
import { JobIcon } from './job-icon';
import { DottedLine, nextTry } from './job-line';
import { JobMenuButton, JobMenuItems, useHasMenu } from './job-menu';
import { phaseWords, rateWords } from './job-pace';
import { jobTitle, standingLine, stateWord } from './job-words';
import type { JobHead } from './jobs-slice';
import { useJob, useJobHead } from './use-job';

export interface JobRowProps {
  jobId: string;
  /** Whether Tab leads to this row; see {@link import('../../ui/use-roving-rows').useRovingRows}. */
  tabbable: boolean;
}

/** One job: what it is, how it stands, what can be done with it; its details when it is opened. */
export const JobRow = memo(function JobRow({ jobId, tabbable }: JobRowProps) {
  const job = useJobHead(jobId);
  return job && <KnownJobRow job={job} tabbable={tabbable} />;
});

function KnownJobRow({ job, tabbable }: { job: JobHead; tabbable: boolean }) {
  const hasMenu = useHasMenu(job);
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild disabled={!hasMenu}>
        <li
          data-testid="job-row"
          data-job-id={job.jobId}
          data-job-state={job.state}
          data-row-key={job.jobId}
          className="relative flex scroll-mt-8 items-start gap-3 py-2 pr-2 pl-7 transition-colors hover:bg-surface-1 data-[state=open]:bg-surface-1"
        >
          <JobIcon job={job} className="mt-0.5" />
          <JobBody job={job} tabbable={tabbable} />
          {!isLive(job.state) && <JobTimes job={job} />}
          <JobButtons job={job} tabbable={tabbable} hasMenu={hasMenu} />
        </li>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={MENU_CONTENT} collisionPadding={8}>
          <JobMenuItems menu={ContextMenu} job={job} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function JobBody({ job, tabbable }: { job: JobHead; tabbable: boolean }) {
  const services = useServices();
  const actions = useActions(job);
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) body.current?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const action = actionOfKey(actions, event.key);
    if (action === null) return;
    event.preventDefault();
    runJobAction(services, job, action);
  };

  return (
    <div ref={body} className="min-w-0 flex-1">
      <div className="flex items-baseline gap-2">
        {/* It lies over the whole row, so that a click anywhere opens the details and the ring is around the row. */}
        <button
          type="button"
          data-row-target
          tabIndex={tabbable ? 0 : -1}
          aria-expanded={open}
          aria-controls={open ? detailsId : undefined}
          onClick={() => setOpen(!open)}
          onKeyDown={onKeyDown}
          className="min-w-0 truncate text-left font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <ChevronRight
            aria-hidden
            className={classes(
              'absolute top-3 left-2.5 size-3.5! text-muted transition-transform',
              open && 'rotate-90',
            )}
          />
          {jobTitle(job)}
        </button>
        <span className="shrink-0 text-small text-muted">
          <DottedLine parts={stateParts(job)} />
        </span>
      </div>
      <Standing jobId={job.jobId} />
      {open && <JobDetails jobId={job.jobId} id={detailsId} />}
    </div>
  );
}

/** `Running`, `Queued · high priority`, `Waiting · try 3`. */
function stateParts(job: JobHead): string[] {
  const parts = [stateWord(job)];
  if (isLive(job.state) && job.priority !== 'normal') parts.push(`${job.priority} priority`);
  // Previews begin anew after each scan that they gave way to: their count would tell of nothing that failed.
  if (isLive(job.state) && job.attempt > 1 && job.kind !== 'preview') {
    parts.push(`try ${job.attempt}`);
  }
  return parts;
}

/** How it stands: the only part of a row that a progress tick draws again. */
function Standing({ jobId }: { jobId: string }) {
  const job = useJob(jobId);
  if (!job) return null;
  const [first = '', ...rest] = standingLine(job);
  const parts = [capitalised(first), ...rest];
  const pace = job.state === 'running' ? paceParts(job) : [];
  const hasBar = job.state === 'running' || (job.state === 'paused' && job.progress !== null);
  return (
    <>
      {hasBar && (
        <ProgressBar
          className={classes('mt-1 mb-1 max-w-xl', job.state === 'paused' && 'grayscale')}
          label={jobTitle(job)}
          progress={job.progress}
          valueText={parts.join(', ')}
        />
      )}
      <p className="truncate text-small tabular-nums">
        <DottedLine parts={[...parts, ...nextTry(job)]} />
        {pace.length > 0 && <span className="text-muted"> · {pace.join(' · ')}</span>}
      </p>
    </>
  );
}

function paceParts(job: JobStatus): string[] {
  const problems =
    job.problems > 0 && job.kind === 'scan' ? `${countOf(job.problems, 'file')} unreadable` : null;
  return [rateWords(job), phaseWords(job), problems].filter((part) => part !== null);
}

/** When and how long; live jobs say that in their line. */
function JobTimes({ job }: { job: JobHead }) {
  return (
    <div className="shrink-0 text-right text-small text-muted tabular-nums">
      <p className="leading-5">{formatMoment(job.createdAt, Date.now())}</p>
      <p>{tookWords(job)}</p>
    </div>
  );
}

function JobButtons({
  job,
  tabbable,
  hasMenu,
}: {
  job: JobHead;
  tabbable: boolean;
  hasMenu: boolean;
}) {
  const services = useServices();
  const actions = useActions(job);
  const tabIndex = tabbable ? 0 : -1;
  return (
    <div className="relative z-10 -my-0.5 flex min-w-14 shrink-0 justify-end">
      {actions.map((action) => {
        const { label, icon, key, keyLabel } = JOB_ACTIONS[action];
        return (
          // One that takes another's place, as resume does pause's, keeps the keyboard.
          <IconButton
            key={key}
            icon={icon}
            label={label}
            shortcut={keyLabel}
            tabIndex={tabIndex}
            onClick={() => runJobAction(services, job, action)}
          />
        );
      })}
      {hasMenu && (
        <JobMenuButton job={job}>
          <IconButton icon={Ellipsis} label="More actions" tabIndex={tabIndex} />
        </JobMenuButton>
      )}
    </div>
  );
}
