import { ChevronDown, ChevronUp } from 'lucide-react';
import { isLive, type JobStatus } from '../../../shared/job';
import { useApp } from '../../services';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import { ProgressBar } from '../../ui/progress-bar';
import { useCancelJob } from './cancel-job';
import { JobIcon } from './job-icon';
import { JobLine } from './job-line';
import { JobRow } from './job-row';
import { jobLine, jobSubject, phaseWords, rateWords } from './job-words';
import { currentJob, liveJobs } from './jobs-slice';

/** Jobs in the opened tray; the rest is on the jobs page. */
const RECENT_JOBS = 8;

/** Says in words what is happening, how fast and how long yet. The only part that a progress tick draws anew. */
export function JobTray() {
  const job = useApp((state) => currentJob(state.jobs));
  const expanded = useApp((state) => state.trayExpanded);
  const setExpanded = useApp((state) => state.setTrayExpanded);
  return (
    <footer data-testid="job-tray" className="shrink-0 border-t border-line bg-surface-1">
      {expanded && <RecentJobs />}
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
      </div>
      <Announcement job={job} />
    </footer>
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
      <JobIcon state={job.state} />
      <p
        data-testid="job-tray-status"
        data-job-id={job.jobId}
        data-job-state={job.state}
        className={`min-w-0 truncate tabular-nums ${isLive(job.state) ? 'text-text' : 'text-muted'}`}
      >
        <JobLine parts={jobLine(job)} />
      </p>
      {isLive(job.state) ? <LiveParts job={job} /> : <span className="flex-1" />}
    </>
  );
}

function LiveParts({ job }: { job: JobStatus }) {
  const cancel = useCancelJob();
  const others = useApp((state) => liveJobs(state.jobs).length - 1);
  const rate = rateWords(job);
  return (
    <>
      {job.state === 'running' && (
        <ProgressBar
          className="w-32 shrink-0"
          label={`Scan of ${jobSubject(job)}`}
          progress={job.progress}
          valueText={jobLine(job).join(', ')}
        />
      )}
      <p className="hidden min-w-0 flex-1 truncate text-muted tabular-nums lg:block">
        {rate ?? phaseWords(job)}
        {job.currentItem !== null && <span> · {job.currentItem}</span>}
      </p>
      <span className="flex-1 lg:hidden" />
      {others > 0 && <span className="shrink-0 text-muted">{others} more</span>}
      <Button emphasis="quiet" onClick={() => cancel(job)}>
        Cancel
      </Button>
    </>
  );
}

function RecentJobs() {
  const jobs = useApp((state) => state.jobs);
  const openPlace = useApp((state) => state.openPlace);
  const setExpanded = useApp((state) => state.setTrayExpanded);
  return (
    <section aria-label="Recent jobs" className="border-b border-line">
      <div className="flex h-9 items-center justify-between pr-2 pl-4">
        <h2 className="text-label text-muted">Live and recent jobs</h2>
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
      <ul className="max-h-[40vh] overflow-y-auto pb-2">
        {jobs.slice(0, RECENT_JOBS).map((job) => (
          <JobRow key={job.jobId} job={job} />
        ))}
      </ul>
    </section>
  );
}

/** Screen readers hear when a job begins and how it ended, not every tick. */
function Announcement({ job }: { job: JobStatus | null }) {
  const text =
    job === null || job.state === 'running'
      ? job && `Scanning ${jobSubject(job)}`
      : jobLine(job).join(', ');
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
