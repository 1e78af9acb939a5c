import { Archive } from 'lucide-react';
import { useState } from 'react';
import type { Backup } from '../../../shared/library';
import { describeError, technicalText } from '../../errors';
import { formatDateTime, formatMoment } from '../../format/date';
import { countOf } from '../../format/number';
import { formatSize } from '../../format/size';
import { useServices } from '../../services';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { TechnicalDetails } from '../../ui/technical-details';
import { restoreBackup } from './restore-backup';
import { type Backups, useBackups } from './use-backups';

/** The backups of the library, each with a way to go back to it. */
export function BackupList({
  lead,
  empty,
  shownAtFirst,
}: {
  /** What stands above them when there are any. */
  lead: string;
  /** What stands there when there is none. */
  empty: string;
  /** How many are listed before one asks for the older ones. */
  shownAtFirst: number;
}) {
  const { answer, reload } = useBackups();
  switch (answer.state) {
    case 'loading':
      // As high as the shortest list, so that little moves when it comes.
      return <div aria-hidden className="h-13 rounded-panel border border-line" />;
    case 'failed':
      return <Failed answer={answer} onRetry={reload} />;
    case 'known':
      return answer.backups.length === 0 ? (
        <p className="text-pretty">{empty}</p>
      ) : (
        <>
          <p className="mb-3 text-pretty">{lead}</p>
          <KnownBackups backups={answer.backups} shownAtFirst={shownAtFirst} onRestored={reload} />
        </>
      );
  }
}

function Failed({
  answer: { error },
  onRetry,
}: {
  answer: Extract<Backups, { state: 'failed' }>;
  onRetry: () => void;
}) {
  return (
    <div className="flex items-start gap-3 rounded-panel border border-line px-3 py-2">
      <div className="min-w-0 flex-1">
        <p>The backups could not be listed. {describeError(error).title}.</p>
        <TechnicalDetails text={technicalText(error)} />
      </div>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

function KnownBackups({
  backups,
  shownAtFirst,
  onRestored,
}: {
  backups: readonly Backup[];
  shownAtFirst: number;
  /** One was restored, or could not be: there may be others now. */
  onRestored: () => void;
}) {
  const services = useServices();
  const [shown, setShown] = useState(shownAtFirst);
  const [asked, setAsked] = useState<Backup | null>(null);
  const [restoring, setRestoring] = useState(false);

  const restore = async (backup: Backup) => {
    setRestoring(true);
    await restoreBackup(services, backup);
    setRestoring(false);
    onRestored();
  };

  return (
    <>
      <ul aria-label="Backups" className="divide-y divide-line rounded-panel border border-line">
        {backups.slice(0, shown).map((backup) => (
          <BackupRow
            key={backup.backupId}
            backup={backup}
            disabled={restoring}
            onRestore={() => setAsked(backup)}
          />
        ))}
      </ul>
      {backups.length > shown && (
        <Button emphasis="quiet" className="mt-2" onClick={() => setShown(backups.length)}>
          Show {countOf(backups.length - shown, 'older backup')}
        </Button>
      )}
      <ConfirmDialog
        open={asked !== null}
        title="Restore this backup?"
        confirm="Restore"
        emphasis="primary"
        onConfirm={() => asked && void restore(asked)}
        onClose={() => setAsked(null)}
      >
        {asked && <RestoreWords backup={asked} />}
      </ConfirmDialog>
    </>
  );
}

function RestoreWords({ backup }: { backup: Backup }) {
  return (
    <>
      <p>
        The library goes back to {formatDateTime(backup.madeAtMs)}, with{' '}
        {countOf(backup.videoCount, 'video')} and the tags, ratings and notes of that time. What
        came later is found again by a scan, but what you wrote later is not in it.
      </p>
      <p>
        The present library is not deleted: it is kept beside the new one, in the same folder. Jobs
        that are at work are stopped. Your videos are not touched.
      </p>
    </>
  );
}

function BackupRow({
  backup,
  disabled,
  onRestore,
}: {
  backup: Backup;
  disabled: boolean;
  onRestore: () => void;
}) {
  const moment = formatMoment(backup.madeAtMs, Date.now());
  return (
    <li data-testid="backup-row" className="flex items-center gap-3 py-2 pr-2 pl-3">
      <Archive aria-hidden className="text-muted" />
      <div className="min-w-0 flex-1 tabular-nums">
        <p className="truncate">{moment}</p>
        <p className="text-small text-muted">
          {countOf(backup.videoCount, 'video')} · {formatSize(backup.sizeBytes)}
        </p>
      </div>
      <Button
        aria-label={`Restore the backup of ${moment}`}
        disabled={disabled}
        onClick={onRestore}
      >
        Restore…
      </Button>
    </li>
  );
}
