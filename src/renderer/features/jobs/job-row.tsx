import { isLive, type JobStatus } from '../../../shared/job';
import { describeError, technicalText } from '../../errors';
import { formatMoment } from '../../format/date';
import { formatSpan } from '../../format/duration';
import { Button } from '../../ui/button';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { ProgressBar } from '../../ui/progress-bar';
import { TechnicalDetails } from '../../ui/technical-details';
import { useCancelJob } from './cancel-job';
import { JobIcon } from './job-icon';
import { JobLine } from './job-line';
import { jobLine, jobSubject, phaseWords, rateWords, resultParts, stateWord } from './job-words';

/** One job of the history or of the opened tray. */
export function JobRow({ job }: { job: JobStatus }) {
  const cancel = useCancelJob();
  return (
    <li
      data-testid="job-row"
      data-job-id={job.jobId}
      data-job-state={job.state}
      className="flex items-start gap-3 px-4 py-2"
    >
      <JobIcon state={job.state} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">Scan of {jobSubject(job)}</span>
          <span className="shrink-0 text-small text-muted">{stateWord(job)}</span>
        </div>
        <MiddleTruncated text={job.target} tailLength={24} className="text-small text-muted" />
        <Outcome job={job} />
      </div>
      <div className="shrink-0 text-right text-small text-muted tabular-nums">
        <p className="leading-5">{formatMoment(job.createdAt, Date.now())}</p>
        <p>{durationWords(job)}</p>
      </div>
      {isLive(job.state) && (
        <Button emphasis="quiet" className="-mt-1" onClick={() => cancel(job)}>
          Cancel
        </Button>
      )}
    </li>
  );
}

function Outcome({ job }: { job: JobStatus }) {
  if (isLive(job.state)) return <LiveOutcome job={job} />;
  if (job.error !== null && job.state === 'failed') {
    const { title, meaning, action } = describeError(job.error);
    return (
      <div className="mt-1">
        <p>{title}</p>
        <p className="mb-1 text-small text-muted">
          {meaning} {action}
        </p>
        <TechnicalDetails text={technicalText(job.error)} />
      </div>
    );
  }
  const parts = job.state === 'succeeded' ? resultParts(job) : jobLine(job).slice(1);
  return <p className="text-small tabular-nums">{capitalised(parts.join(' · '))}</p>;
}

function LiveOutcome({ job }: { job: JobStatus }) {
  const words = jobLine(job);
  const pace = [rateWords(job), phaseWords(job)].filter(Boolean).join(' · ');
  return (
    <div className="mt-1.5 max-w-xl">
      {job.state === 'running' && (
        <ProgressBar
          label={`Scan of ${jobSubject(job)}`}
          progress={job.progress}
          valueText={words.join(', ')}
        />
      )}
      <p className="mt-1 truncate text-small tabular-nums">
        <JobLine parts={words.slice(1)} />
      </p>
      {pace !== '' && job.state === 'running' && (
        <p className="truncate text-small text-muted tabular-nums">
          {pace}
          {job.currentItem !== null && ` · ${job.currentItem}`}
        </p>
      )}
    </div>
  );
}

function durationWords({ startedAt, finishedAt }: JobStatus): string {
  return startedAt === null || finishedAt === null
    ? ''
    : formatSpan(Math.max(0, finishedAt - startedAt) / 1000);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
