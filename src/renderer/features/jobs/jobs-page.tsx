import { History } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { countOf } from '../../format/number';
import { useApp } from '../../services';
import { MessagePage } from '../../ui/message-page';
import { PaneHeader } from '../shell/pane-header';
import { AllJobsButtons } from './all-jobs-buttons';
import { JobRows } from './job-rows';
import { liveJobIds, pastJobIds } from './jobs-slice';

/** Background work: what is going on first, then the history, newest first. */
export function JobsPage() {
  const live = useApp(useShallow((state) => liveJobIds(state.jobs)));
  const over = useApp(useShallow((state) => pastJobIds(state.jobs)));
  const total = live.length + over.length;
  return (
    <>
      <PaneHeader title="Jobs" count={countOf(total, 'job')} withInspector={false}>
        <AllJobsButtons />
      </PaneHeader>
      {total === 0 ? (
        <MessagePage icon={History} title="No jobs yet">
          Every scan is listed here, with what it found.
        </MessagePage>
      ) : (
        <JobRows
          className="min-h-0 flex-1 overflow-y-auto pb-4"
          sections={[
            { label: 'Now', jobIds: live },
            { label: 'History', jobIds: over },
          ]
            .filter(({ jobIds: ids }) => ids.length > 0)
            .map((section) => ({ ...section, heading: <Heading text={section.label} /> }))}
        />
      )}
    </>
  );
}

function Heading({ text }: { text: string }) {
  return (
    <h2 className="sticky top-0 z-20 border-b border-line bg-surface-0 px-4 pt-3 pb-1 text-label text-muted">
      {text}
    </h2>
  );
}
