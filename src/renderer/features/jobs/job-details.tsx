import type { JobStatus } from '../../../shared/job';
import { describeError, technicalText } from '../../errors';
import { FactList } from '../../ui/fact-list';
import { TechnicalDetails } from '../../ui/technical-details';
import { jobFacts } from './job-facts';
import { waitAdvice } from './job-words';
import { useJob } from './use-job';

/** The opened part of a job's row: what it means, times and counts, and the technical text one click away. */
export function JobDetails({ jobId, id }: { jobId: string; id: string }) {
  const job = useJob(jobId);
  if (!job) return null;
  const meaning = meaningOf(job);
  return (
    <div id={id} className="relative z-10 mt-2 mb-1 max-w-2xl space-y-2 text-small">
      {meaning !== null && <p className="text-pretty">{meaning}</p>}
      <FactList facts={jobFacts(job)} />
      {job.error !== null && <TechnicalDetails text={technicalText(job.error)} />}
    </div>
  );
}

/** A job that waits goes on by itself, so its error asks for something else than that of one that failed. */
function meaningOf(job: JobStatus): string | null {
  if (job.state === 'waiting') return waitAdvice(job);
  if (job.error === null) return null;
  const { meaning, action } = describeError(job.error);
  return `${meaning} ${action}`;
}
