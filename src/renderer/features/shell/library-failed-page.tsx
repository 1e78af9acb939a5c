import { DatabaseZap, HardDrive, Lock, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { ErrorCode, ErrorShape } from '../../../shared/errors';
import { technicalText } from '../../errors';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { showError } from '../../ui/error-toast';
import { TechnicalDetails } from '../../ui/technical-details';
import { BackupList } from '../backups/backup-list';
import { describeLibraryFailure } from './library-failure-words';

/** What stands in the window when the library could not be opened: the reason, and a way to try again. */
export function LibraryFailedPage({ error }: { error: ErrorShape }) {
  const { api } = useServices();
  const libraryPath = useApp((state) => state.info?.libraryPath);
  const [trying, setTrying] = useState(false);
  const { title, meaning, action } = describeLibraryFailure(error);
  const Icon = iconOf(error.code);

  const tryAgain = async () => {
    setTrying(true);
    try {
      await api.library.retry({});
    } catch (thrown) {
      showError(thrown);
    } finally {
      setTrying(false);
    }
  };

  return (
    <main className="flex h-full overflow-auto p-8">
      <div data-testid="library-failed" className="m-auto w-full max-w-lg">
        <div role="alert">
          <Icon aria-hidden className="mb-4 size-8! stroke-1! text-muted" />
          <h1 className="text-title font-semibold">{title}</h1>
          <p className="mt-2 text-pretty text-muted">{meaning}</p>
          {action !== '' && <p className="mt-1 text-pretty">{action}</p>}
        </div>
        {error.code === 'LIBRARY_CORRUPT' && (
          <section aria-label="Backups" className="mt-1">
            <BackupList
              shownAtFirst={3}
              lead="Restore a backup to go on from there."
              empty="There is no backup. To begin anew, move the library’s folder elsewhere and try again: Vitrine makes a new library, and your folders can be added to it."
            />
          </section>
        )}
        {libraryPath && (
          <p className="mt-4 rounded-panel border border-line bg-surface-1 px-3 py-2 text-small wrap-anywhere text-muted select-text">
            {libraryPath}
          </p>
        )}
        <div className="mt-5 mb-4">
          <Button
            emphasis={error.code === 'LIBRARY_CORRUPT' ? 'standard' : 'primary'}
            disabled={trying}
            onClick={() => void tryAgain()}
          >
            <RefreshCw aria-hidden />
            Try again
          </Button>
        </div>
        <TechnicalDetails text={technicalText(error)} />
      </div>
    </main>
  );
}

function iconOf(code: ErrorCode) {
  switch (code) {
    case 'LIBRARY_LOCKED':
    case 'LIBRARY_READ_ONLY':
    case 'PERMISSION_DENIED':
      return Lock;
    case 'DISK_FULL':
    case 'LIBRARY_NOT_FOUND':
      return HardDrive;
    default:
      return DatabaseZap;
  }
}
