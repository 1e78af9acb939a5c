import { useEffect } from 'react';
import { useApp, useServices } from '../../services';
import { FactList, knownFacts } from '../../ui/fact-list';
import { BackupList } from '../backups/backup-list';
import { PaneHeader } from '../shell/pane-header';
import { ExtensionsForm } from './extensions-form';
import { PerformanceSection } from './performance-section';
import { PreviewsSection } from './previews-section';
import { loadSettings } from './save-settings';
import { SettingsSection } from './settings-section';
import { WatchingSection } from './watching-section';

/** What the person can set for the library, and which library it is. */
export function SettingsPage() {
  const services = useServices();
  useEffect(() => void loadSettings(services), [services]);
  return (
    <>
      <PaneHeader title="Settings" count={null} withInspector={false} />
      <div data-testid="settings-page" className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-2xl divide-y divide-line px-4">
          <WatchingSection />
          <PreviewsSection />
          <PerformanceSection />
          <Safety />
          <FileTypes />
          <Library />
        </div>
      </div>
    </>
  );
}

function Safety() {
  return (
    <SettingsSection title="Library safety">
      <BackupList
        shownAtFirst={5}
        lead="Vitrine makes a checked copy of the library on each day that something changed, and keeps fewer of the older ones. They hold your tags, ratings and notes, but no videos."
        empty="There is no backup yet. Vitrine makes the first one by itself, soon after something changed."
      />
    </SettingsSection>
  );
}

function FileTypes() {
  return (
    <SettingsSection title="File types">
      <p className="mb-4 text-pretty text-muted">
        Vitrine looks for all common video files: mp4, mov, mkv, avi, mts, webm and many others. If
        your videos have other file name extensions, add them here.
      </p>
      <ExtensionsForm />
    </SettingsSection>
  );
}

function Library() {
  const libraryPath = useApp((state) => state.summary?.libraryPath);
  const version = useApp((state) => state.info?.version);
  const electron = useApp((state) => state.info?.electron);
  return (
    <SettingsSection title="Library">
      <FactList
        facts={knownFacts([
          ['Location', libraryPath],
          ['Vitrine', version],
          ['Electron', electron],
        ])}
      />
    </SettingsSection>
  );
}
