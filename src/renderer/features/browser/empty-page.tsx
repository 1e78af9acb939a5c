import { CircleAlert, CircleCheck, Clock, Film, RefreshCw, SearchX, Unplug } from 'lucide-react';
import type { ErrorShape } from '../../../shared/errors';
import type { Root } from '../../../shared/library';
import type { VideoQuery } from '../../../shared/video-query';
import { describeError, technicalText } from '../../errors';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { MessagePage } from '../../ui/message-page';
import { TechnicalDetails } from '../../ui/technical-details';
import { isScanning } from '../jobs/jobs-slice';
import { scanRoot } from '../jobs/start-jobs';
import { findRoot } from '../shell/library-slice';
import { chooseFolders } from '../sidebar/add-folders';

/** What stands where a query has no rows: why, and the one next step. */
export function EmptyPage({ query }: { query: VideoQuery }) {
  const clearSearch = useApp((state) => state.clearSearch);
  if (query.search !== '') {
    return (
      <MessagePage
        icon={SearchX}
        title={`Nothing found for “${query.search}”`}
        testId="empty-search"
        action={<Button onClick={clearSearch}>Clear search</Button>}
      >
        Words are looked for in names, folders, tags, notes and cameras; all of them must occur.
      </MessagePage>
    );
  }
  switch (query.scope.type) {
    case 'all':
      return <EmptyLibraryPage />;
    case 'recent':
      return (
        <MessagePage icon={Clock} title="Nothing new">
          Videos added in the last 30 days appear here.
        </MessagePage>
      );
    case 'missing':
      return (
        <MessagePage icon={CircleCheck} title="Nothing is missing">
          When a file of the library disappears from its folder, it is listed here with all that was
          known of it.
        </MessagePage>
      );
    case 'problems':
      return <MessagePage icon={CircleCheck} title="Nothing wrong here" />;
    case 'root':
      return <EmptyFolderPage rootId={query.scope.rootId} />;
  }
}

function EmptyLibraryPage() {
  const services = useServices();
  const scanning = useApp((state) =>
    state.jobs.some((job) => job.kind === 'scan' && job.state === 'running'),
  );
  if (scanning) return <LookingPage />;
  return (
    <MessagePage
      icon={Film}
      title="No videos yet"
      action={<Button onClick={() => void chooseFolders(services)}>Add folder</Button>}
    >
      None were found in the folders of the library.
    </MessagePage>
  );
}

function EmptyFolderPage({ rootId }: { rootId: number }) {
  const root = useApp((state) => findRoot(state.summary, rootId));
  const scanning = useApp((state) => isScanning(state.jobs, rootId));
  if (scanning) return <LookingPage />;
  if (root && !root.online) {
    return (
      <MessagePage icon={Unplug} title={`“${root.name}” is not connected`}>
        Connect its drive or network share, then scan it again.
      </MessagePage>
    );
  }
  return (
    <MessagePage
      icon={Film}
      title="No videos in this folder"
      action={root && <ScanAgain root={root} />}
    >
      Vitrine looks in all folders inside it as well. Hidden and system folders are left out.
    </MessagePage>
  );
}

function ScanAgain({ root }: { root: Root }) {
  const services = useServices();
  return (
    <Button onClick={() => void scanRoot(services, root)}>
      <RefreshCw aria-hidden />
      Scan again
    </Button>
  );
}

function LookingPage() {
  return (
    <MessagePage icon={Film} title="Looking for videos">
      They appear here as they are found.
    </MessagePage>
  );
}

/** The library did not answer. */
export function QueryFailedPage({ error }: { error: ErrorShape }) {
  const { videos } = useServices();
  const { title, meaning, action } = describeError(error);
  return (
    <MessagePage
      icon={CircleAlert}
      title={title}
      action={<Button onClick={() => videos.invalidate()}>Try again</Button>}
    >
      <p className="mb-3">
        {meaning} {action}
      </p>
      <TechnicalDetails text={technicalText(error)} />
    </MessagePage>
  );
}
