import { type ReactNode, useEffect, useId } from 'react';
import { useApp, useServices } from '../../services';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { PaneHeader } from '../shell/pane-header';
import { ExtensionsForm } from './extensions-form';
import { loadSettings } from './save-settings';

/** What the person can set for the library, and which library it is. */
export function SettingsPage() {
  const services = useServices();
  useEffect(() => void loadSettings(services), [services]);
  return (
    <>
      <PaneHeader title="Settings" count={null} withInspector={false} />
      <div data-testid="settings-page" className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-2xl divide-y divide-line px-4">
          <FileTypes />
          <Library />
        </div>
      </div>
    </>
  );
}

function FileTypes() {
  return (
    <Section title="File types">
      <p className="mb-4 text-pretty text-muted">
        Vitrine looks for all common video files: mp4, mov, mkv, avi, mts, webm and many others. If
        your videos have other file name extensions, add them here.
      </p>
      <ExtensionsForm />
    </Section>
  );
}

function Library() {
  const libraryPath = useApp((state) => state.summary?.libraryPath);
  const version = useApp((state) => state.info?.version);
  const electron = useApp((state) => state.info?.electron);
  return (
    <Section title="Library">
      <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-muted">Location</dt>
        <dd>
          {libraryPath && (
            <MiddleTruncated text={libraryPath} tailLength={32} className="select-text" />
          )}
        </dd>
        <dt className="text-muted">Vitrine</dt>
        <dd className="tabular-nums select-text">{version}</dd>
        <dt className="text-muted">Electron</dt>
        <dd className="tabular-nums select-text">{electron}</dd>
      </dl>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="py-5">
      <h2 id={titleId} className="mb-2 text-section font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
