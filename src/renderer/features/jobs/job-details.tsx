import type { JobStatus } from '../../../shared/job';
import { describeError, technicalText } from '../../errors';
import { FactList } from '../../ui/fact-list';
import { TechnicalDetails } from '../../ui/technical-details';
import { jobFacts } from './job-facts';
import { waitAdvice } from './job-words';

/** The opened part of a job's row: times, counts, and what went wrong. */
export function JobDetails({ job, id }: { job: JobStatus; id: string }) {
  const advice = job.state === 'waiting' ? waitAdvice(job) : null;
  return (
    <div id={id} className="relative z-10 mt-2 mb-1 max-w-2xl text-small">
      {advice !== null && <p className="mb-2">{advice}</p>}
      {job.error !== null && <JobError error={job.error} />}
      <FactList facts={jobFacts(job)} />
    </div>
  );
}

function JobError({ error }: { error: NonNullable<JobStatus['error']> }) {
  const { meaning, action } = describeError(error);
  return (
    <div className="mb-2">
      <p className="mb-1 text-pretty">
        {meaning} {action}
      </p>
      <TechnicalDetails text={technicalText(error)} />
    </div>
  );
}
