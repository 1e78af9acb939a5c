import { type LucideIcon, TriangleAlert, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Root } from '../../../shared/library';
import { countOf } from '../../format/number';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { classes } from '../../ui/classes';
import { isScanning } from '../jobs/jobs-slice';
import { scanRoot } from '../jobs/start-jobs';
import { findRoot } from '../shell/library-slice';

/** What there is to know of the shown folder before its videos: that it is not connected, or that many are gone. */
export function FolderBanner() {
  const root = useApp(({ place, summary }) =>
    place.type === 'videos' && place.scope.type === 'root'
      ? findRoot(summary, place.scope.rootId)
      : undefined,
  );
  if (!root) return null;
  if (!root.online) return <OfflineBanner root={root} />;
  return root.unconfirmedMissing > 0 ? <MissingBanner root={root} /> : null;
}

function OfflineBanner({ root }: { root: Root }) {
  if (root.videoCount === 0) return null;
  return (
    <Banner icon={Unplug} testId="offline-banner">
      <p className="text-pretty">
        “{root.name}” is not connected.{' '}
        <span className="text-muted">
          Its videos stay in the library and can be browsed. Connect the drive or share to play
          them.
        </span>
      </p>
    </Banner>
  );
}

/** So many videos were not found that the person decides whether they are gone. */
function MissingBanner({ root }: { root: Root }) {
  const services = useServices();
  const scanning = useApp((state) => isScanning(state.jobs, root.rootId));
  const videos = countOf(root.unconfirmedMissing, 'video');
  const were = root.unconfirmedMissing === 1 ? 'was' : 'were';
  const are = root.unconfirmedMissing === 1 ? 'it is' : 'they are';
  return (
    <Banner icon={TriangleAlert} testId="missing-banner" attention>
      <p className="text-pretty">
        {videos} {were} not found in the last scan.{' '}
        <span className="text-muted">If the drive is complete, {are} gone.</span>
      </p>
      <div className="flex gap-2">
        <Button
          disabled={scanning}
          onClick={() => void scanRoot(services, root, { acceptMissing: true })}
        >
          Mark as missing
        </Button>
        <Button disabled={scanning} onClick={() => void scanRoot(services, root)}>
          {scanning ? 'Scanning…' : 'Scan again'}
        </Button>
      </div>
    </Banner>
  );
}

function Banner({
  icon: Icon,
  testId,
  attention = false,
  children,
}: {
  icon: LucideIcon;
  testId: string;
  attention?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      aria-label="About this folder"
      data-testid={testId}
      className={classes(
        'flex shrink-0 items-start gap-3 border-b border-line py-2 pr-3 pl-4',
        attention ? 'bg-attention/10' : 'bg-surface-1',
      )}
    >
      <Icon
        aria-hidden
        className={classes('mt-1.5', attention ? 'text-attention' : 'text-muted')}
      />
      <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        {children}
      </div>
    </section>
  );
}
