import { FolderPlus } from 'lucide-react';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { shortcutLabel } from '../commands/shortcuts';
import { chooseFolders } from '../sidebar/add-folders';

/** The first start: one clear invitation. */
export function Welcome() {
  const services = useServices();
  const platform = useApp((state) => state.info?.platform);
  return (
    <div data-testid="welcome" className="flex h-full items-center justify-center p-8">
      <div className="flex w-full max-w-xl flex-col items-center rounded-panel border border-dashed border-line px-8 py-14 text-center">
        <EmptyCase />
        <h2 className="mt-6 text-title font-semibold">Show Vitrine where your videos are</h2>
        <p className="mt-2 max-w-md text-pretty text-muted">
          Add a folder, and every video in it appears here with all that is known of it. Nothing
          leaves this computer, and your files are never changed.
        </p>
        <Button
          emphasis="primary"
          className="mt-6 h-9 px-4"
          onClick={() => void chooseFolders(services)}
        >
          <FolderPlus aria-hidden />
          Add folder
        </Button>
        <p className="mt-3 text-small text-muted">
          or drop a folder here · {shortcutLabel('O', platform)}
        </p>
      </div>
    </div>
  );
}

/** A glass case that waits for its first exhibit. */
function EmptyCase() {
  return (
    <svg aria-hidden="true" viewBox="0 0 96 64" className="h-16 w-24" fill="none">
      <rect x="1" y="1" width="94" height="54" rx="5" className="fill-surface-1 stroke-line" />
      <path d="M12 63h72" className="stroke-line" strokeWidth="2" strokeLinecap="round" />
      <path d="M42 20.5v15l13-7.5z" className="fill-accent" />
      <path d="M10 12 22 6M10 20 38 6" className="stroke-line" strokeLinecap="round" />
    </svg>
  );
}
