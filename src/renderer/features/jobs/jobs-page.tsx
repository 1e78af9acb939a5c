import { History } from 'lucide-react';
import { countOf } from '../../format/number';
import { useApp } from '../../services';
import { MessagePage } from '../../ui/message-page';
import { PaneHeader } from '../shell/pane-header';
import { JobRow } from './job-row';

/** The history of background work, newest first. */
export function JobsPage() {
  const jobs = useApp((state) => state.jobs);
  return (
    <>
      <PaneHeader title="Jobs" count={countOf(jobs.length, 'job')} withInspector={false} />
      {jobs.length === 0 ? (
        <MessagePage icon={History} title="No jobs yet">
          Every scan is listed here, with what it found.
        </MessagePage>
      ) : (
        <ul className="min-h-0 flex-1 divide-y divide-line overflow-y-auto">
          {jobs.map((job) => (
            <JobRow key={job.jobId} job={job} />
          ))}
        </ul>
      )}
    </>
  );
}
