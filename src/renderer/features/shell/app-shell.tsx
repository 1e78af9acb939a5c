import { useApp } from '../../services';
import { Splitter } from '../../ui/splitter';
import { BrowserPage } from '../browser/browser-page';
import type { Place } from '../browser/view-slice';
import { CommandPalette } from '../commands/palette';
import { Inspector } from '../inspector/inspector';
import { JobTray } from '../jobs/job-tray';
import { JobsPage } from '../jobs/jobs-page';
import { ScrubAnnouncer } from '../previews/scrub-announcer';
import { ProblemsPage } from '../problems/problems-page';
import { SettingsPage } from '../settings/settings-page';
import { Sidebar } from '../sidebar/sidebar';
import { INSPECTOR_WIDTH, isInspectorShown, SIDEBAR_WIDTH } from './layout-slice';
import { isFirstStart } from './library-slice';

/** Sidebar, main area and inspector, with the job tray below them. */
export function AppShell() {
  const playing = useApp((state) => state.player !== null);
  return (
    // Nothing behind the player can be reached.
    <div inert={playing} className="flex h-full flex-col">
      <div className="relative flex min-h-0 flex-1">
        <SidebarPane />
        <main className="@container flex min-w-0 flex-1 flex-col">
          <MainArea />
        </main>
        <InspectorPane />
      </div>
      <JobTray />
      <CommandPalette />
      <ScrubAnnouncer />
    </div>
  );
}

function MainArea() {
  const place = useApp((state) => state.place.type);
  switch (place) {
    case 'videos':
      return <BrowserPage />;
    case 'problems':
      return <ProblemsPage />;
    case 'jobs':
      return <JobsPage />;
    case 'settings':
      return <SettingsPage />;
  }
}

function SidebarPane() {
  const open = useApp((state) => state.sidebarOpen);
  const width = useApp((state) => state.sidebarWidth);
  const setWidth = useApp((state) => state.setSidebarWidth);
  if (!open) return null;
  return (
    <nav aria-label="Library" className="flex shrink-0">
      <div className="shrink-0 bg-surface-1" style={{ width }}>
        <Sidebar />
      </div>
      <Splitter
        label="Sidebar width"
        width={width}
        range={SIDEBAR_WIDTH}
        pane="left"
        onResize={setWidth}
      />
    </nav>
  );
}

/** Whether there is nothing on the page that the inspector could describe. */
function isWithoutVideos({ type }: Place): boolean {
  return type === 'jobs' || type === 'settings';
}

function InspectorPane() {
  const shown = useApp(
    (state) => isInspectorShown(state) && !isWithoutVideos(state.place) && !isFirstStart(state),
  );
  const isOverlay = useApp((state) => state.narrow);
  const width = useApp((state) => state.inspectorWidth);
  const setWidth = useApp((state) => state.setInspectorWidth);
  if (!shown) return null;
  return (
    <aside
      aria-label="Inspector"
      data-testid="inspector"
      className={
        isOverlay
          ? 'absolute top-11 right-0 bottom-0 z-30 flex animate-appear shadow-[var(--floating-shadow)]'
          : 'flex shrink-0'
      }
    >
      <Splitter
        label="Inspector width"
        width={width}
        range={INSPECTOR_WIDTH}
        pane="right"
        onResize={setWidth}
      />
      <div className="shrink-0 overflow-y-auto bg-surface-1" style={{ width }}>
        <Inspector />
      </div>
    </aside>
  );
}
