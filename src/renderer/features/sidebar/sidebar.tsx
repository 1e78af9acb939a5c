import { FolderPlus, History, type LucideIcon, Settings } from 'lucide-react';
import { formatCount } from '../../format/number';
import { useApp, useServices } from '../../services';
import type { Place } from '../browser/view-slice';
import { isFirstStart } from '../shell/library-slice';
import { chooseFolders } from './add-folders';
import { FolderItem } from './folder-item';
import { LIBRARY_ENTRIES } from './library-entries';
import { CollectionEntries, FilterEntries, TagEntries } from './named-sections';
import { SidebarItem } from './sidebar-item';

/** The way around: what the library holds, and the folders that the person added. */
export function Sidebar() {
  const platform = useApp((state) => state.info?.platform);
  return (
    <div className="flex h-full flex-col">
      {platform === 'darwin' ? (
        <div className="drag-region h-11 shrink-0" />
      ) : (
        <div className="h-2 shrink-0" />
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        <LibraryEntries />
        <FilterEntries />
        <FolderEntries />
        <CollectionEntries />
        <TagEntries />
      </div>
      <div className="flex shrink-0 flex-col gap-px border-t border-line p-2">
        <PageEntry type="jobs" label="Jobs" icon={History} />
        <PageEntry type="settings" label="Settings" icon={Settings} />
        <AddFolderEntry />
      </div>
    </div>
  );
}

function LibraryEntries() {
  const summary = useApp((state) => state.summary);
  const place = useApp((state) => state.place);
  const isNamed = useApp((state) => state.openQuery !== null);
  const openPlace = useApp((state) => state.openPlace);
  return (
    <ul className="space-y-px">
      {LIBRARY_ENTRIES.map(({ label, icon, place: target, count, isWarning }) => {
        const number = summary === null ? 0 : count(summary);
        return (
          <li key={label}>
            <SidebarItem
              icon={icon}
              label={label}
              detail={number === 0 && isWarning ? null : formatCount(number)}
              attention={isWarning === true && number > 0 && target.type === 'problems'}
              current={!isNamed && isSamePlace(place, target)}
              onClick={() => openPlace(target)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function FolderEntries() {
  const roots = useApp((state) => state.summary?.roots);
  const place = useApp((state) => state.place);
  if (!roots || roots.length === 0) return null;
  return (
    <section aria-labelledby="sidebar-folders">
      <h2 id="sidebar-folders" className="mt-4 mb-1 px-2 text-label text-muted">
        Folders
      </h2>
      <ul className="space-y-px">
        {roots.map((root) => (
          <li key={root.rootId}>
            <FolderItem
              root={root}
              current={isSamePlace(place, {
                type: 'videos',
                scope: { type: 'root', rootId: root.rootId },
              })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AddFolderEntry() {
  const services = useServices();
  // At the first start the invitation in the main area is the one way in.
  if (useApp(isFirstStart)) return null;
  return (
    <SidebarItem
      icon={FolderPlus}
      label="Add folder"
      detail={null}
      current={false}
      onClick={() => void chooseFolders(services)}
    />
  );
}

function PageEntry({
  type,
  label,
  icon,
}: {
  type: 'jobs' | 'settings';
  label: string;
  icon: LucideIcon;
}) {
  const current = useApp((state) => state.place.type === type);
  const openPlace = useApp((state) => state.openPlace);
  return (
    <SidebarItem
      icon={icon}
      label={label}
      detail={null}
      current={current}
      onClick={() => openPlace({ type })}
    />
  );
}

function isSamePlace(a: Place, b: Place): boolean {
  if (a.type !== 'videos' || b.type !== 'videos') return a.type === b.type;
  if (a.scope.type !== 'root' || b.scope.type !== 'root') return a.scope.type === b.scope.type;
  return a.scope.rootId === b.scope.rootId;
}
