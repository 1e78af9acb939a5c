import { PanelLeft, PanelRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp } from '../../services';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/icon-button';
import { shortcutLabel } from '../commands/shortcuts';
import { isInspectorShown } from './layout-slice';

/** The bar above the main area: title, count, and what the page puts into it. */
export function PaneHeader({
  title,
  count,
  children,
  withInspector = true,
}: {
  title: string;
  /** For example `1,204 videos`; null while it is not known. */
  count: string | null;
  children?: ReactNode;
  withInspector?: boolean;
}) {
  const platform = useApp((state) => state.info?.platform);
  const sidebarOpen = useApp((state) => state.sidebarOpen);
  const toggleSidebar = useApp((state) => state.toggleSidebar);
  const inspectorShown = useApp(isInspectorShown);
  const toggleInspector = useApp((state) => state.toggleInspector);
  // On macOS the window's own buttons lie over the top left corner.
  const besideWindowButtons = platform === 'darwin' && !sidebarOpen;
  return (
    <header
      className={classes(
        'flex h-11 shrink-0 items-center gap-1.5 border-b border-line px-2',
        platform === 'darwin' && 'drag-region',
        besideWindowButtons && 'pl-18',
      )}
    >
      <IconButton
        icon={PanelLeft}
        label={sidebarOpen ? 'Hide sidebar' : 'Show sidebar'}
        shortcut={shortcutLabel('B', platform)}
        aria-pressed={sidebarOpen}
        onClick={toggleSidebar}
      />
      <div className="flex min-w-0 flex-1 items-baseline gap-2 pl-1">
        <h1 className="-ml-0.5 truncate pl-0.5 text-section font-semibold" title={title}>
          {title}
        </h1>
        <span
          data-testid="video-count"
          className="shrink-0 text-small whitespace-nowrap text-muted tabular-nums"
        >
          {count}
        </span>
      </div>
      {children}
      {withInspector && (
        <IconButton
          icon={PanelRight}
          label={inspectorShown ? 'Hide inspector' : 'Show inspector'}
          shortcut={shortcutLabel('I', platform)}
          aria-pressed={inspectorShown}
          onClick={toggleInspector}
        />
      )}
    </header>
  );
}
