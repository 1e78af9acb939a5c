import { ChevronDown, ChevronUp, Ellipsis } from 'lucide-react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { isLive, type JobStatus } from '../../../shared/job';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import { ProgressBar } from '../../ui/progress-bar';
import { AllJobsButtons } from './all-jobs-buttons';
import { JOB_ACTIONS, runJobAction, useActions } from './job-actions';
import { JobIcon } from './job-icon';
import { DottedLine, JobLine } from './job-line';
import { JobMenuButton } from './job-menu';
import { paceLine } from './job-pace';
import { JobRows } from './job-rows';
import { jobIs, jobLine, jobTitle } from './job-words';
import { currentJob, type JobHead, liveJobIds, liveJobs, pastJobIds } from './jobs-slice';
import { useJobHead } from './use-job';

/** Jobs in the opened tray; the rest is on the jobs page. */
const RECENT_JOBS = 8;

/** Says in words what is happening, how fast and how long yet. The only part that a progress tick draws anew. */
export function JobTray() {
  const expanded = useApp((state) => state.trayExpanded);
  return (
    <footer data-testid="job-tray" className="shrink-0 border-t border-line bg-surface-1">
      {expanded && <RecentJobs />}
      <TrayLine />
    </footer>
  );
}

function TrayLine() {
  const job = useApp((state) => currentJob(state.jobs));
  const expanded = useApp((state) => state.trayExpanded);
  const setExpanded = useApp((state) => state.setTrayExpanded);
  return (
    <div className="flex h-9 items-center gap-3 pr-2 pl-4 text-small">
      <TrayStatus job={job} />
      {job !== null && (
        <IconButton
          icon={expanded ? ChevronDown : ChevronUp}
          label={expanded ? 'Close the list of jobs' : 'Open the list of jobs'}
          aria-expanded={expanded}
          onClick={() => setExpanded(!expanded)}
        />
      )}
      <Announcement job={job} />
    </div>
  );
}

function TrayStatus({ job }: { job: JobStatus | null }) {
  if (job === null) {
    return (
      <p data-testid="job-tray-status" data-job-id="" data-job-state="" className="text-muted">
        Nothing has been scanned yet
      </p>
    );
  }
  return (
    <>
      <JobIcon job={job} />
      <p
        data-testid="job-tray-status"
        data-job-id={job.jobId}
        data-job-state={job.state}
        className={`min-w-0 truncate tabular-nums ${isLive(job.state) ? 'text-text' : 'text-muted'}`}
      >
        <JobLine job={job} parts={jobLine(job)} />
      </p>
      {job.state === 'running' && <Progress job={job} />}
      <span className="flex-1" />
      <OtherJobs />
      <TrayButtons jobId={job.jobId} />
    </>
  );
}

function Progress({ job }: { job: JobStatus }) {
  return (
    <>
      <ProgressBar
        className="w-32 shrink-0"
        label={jobTitle(job)}
        progress={job.progress}
        valueText={jobLine(job).join(', ')}
      />
      {/* It takes what is left, and nothing of what is said first. */}
      <p className="hidden min-w-0 flex-[999_1_0] truncate text-muted tabular-nums lg:block">
        <DottedLine parts={paceLine(job)} />
      </p>
    </>
  );
}

/** How many jobs there are besides the one that the tray speaks of. */
function OtherJobs() {
  const others = useApp((state) => liveJobs(state.jobs).length - 1);
  return others > 0 ? <span className="shrink-0 text-muted">{others} more</span> : null;
}

/** What can be done with the job; a tick does not draw it again. */
const TrayButtons = memo(function TrayButtons({ jobId }: { jobId: string }) {
  const job = useJobHead(jobId);
  return job && <ActionButtons job={job} />;
});

function ActionButtons({ job }: { job: JobHead }) {
  const services = useServices();
  const actions = useActions(job);
  if (actions.length === 0) return null;
  return (
    <div className="flex shrink-0">
      {actions.map((action) => {
        const { label, icon, key } = JOB_ACTIONS[action];
        return (
          // One that takes another's place, as resume does pause's, keeps the keyboard.
          <IconButton
            key={key}
            icon={icon}
            label={label}
            onClick={() => runJobAction(services, job, action)}
          />
        );
      })}
      {isLive(job.state) && (
        <JobMenuButton job={job}>
          <IconButton icon={Ellipsis} label="More actions" />
        </JobMenuButton>
      )}
    </div>
  );
}

function RecentJobs() {
  const ids = useApp(
    useShallow((state) =>
      [...liveJobIds(state.jobs), ...pastJobIds(state.jobs)].slice(0, RECENT_JOBS),
    ),
  );
  const openPlace = useApp((state) => state.openPlace);
  const setExpanded = useApp((state) => state.setTrayExpanded);
  return (
    <div className="border-b border-line">
      <div className="flex h-9 items-center gap-1 pr-2 pl-4">
        <h2 className="flex-1 text-label text-muted">Live and recent jobs</h2>
        <AllJobsButtons />
        <Button
          emphasis="quiet"
          onClick={() => {
            openPlace({ type: 'jobs' });
            setExpanded(false);
          }}
        >
          Show all jobs
        </Button>
      </div>
      <JobRows
        className="max-h-[40vh] overflow-y-auto pb-2"
        sections={[{ label: 'Live and recent jobs', jobIds: ids }]}
      />
    </div>
  );
}

/** Screen readers hear when a job begins and how it ended, not every tick. */
function Announcement({ job }: { job: JobStatus | null }) {
  const text =
    job === null || job.state === 'running'
      ? job && `${jobIs(job)} running`
      : jobLine(job).join(', ');
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
