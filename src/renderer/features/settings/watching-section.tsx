import { Eye, EyeOff, type LucideIcon, Timer, Unplug } from 'lucide-react';
import type { Root, WatchState } from '../../../shared/library';
import { useApp } from '../../services';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { Select } from '../../ui/select';
import { Switch } from '../../ui/switch';
import { TechnicalDetails } from '../../ui/technical-details';
import { watchSentence } from '../sidebar/folder-words';
import { rescanOptions } from './setting-options';
import { SettingRow, SettingsSection } from './settings-section';
import { useChangeSettings } from './use-change-settings';

/** How changes in the folders are noticed, and how it stands with each. */
export function WatchingSection() {
  const { settings, change } = useChangeSettings();
  return (
    <SettingsSection title="Folders and watching">
      <SettingRow
        label="Watch folders for changes"
        hint="New, changed and removed videos are noticed by themselves, also when Vitrine starts or the computer wakes."
      >
        {(ids) => (
          <Switch
            {...ids}
            checked={settings?.watchFolders ?? false}
            disabled={settings === null}
            onCheckedChange={(watchFolders) => change({ watchFolders })}
          />
        )}
      </SettingRow>
      <SettingRow
        label="Check folders that cannot be watched"
        hint="Network shares and some drives do not tell of changes. They are scanned now and then instead."
      >
        {(ids) => (
          <Select
            {...ids}
            className="w-36"
            options={rescanOptions(settings?.rescanMinutes ?? 30)}
            value={String(settings?.rescanMinutes ?? 30)}
            disabled={!settings?.watchFolders}
            onChange={(event) => change({ rescanMinutes: Number(event.target.value) })}
          />
        )}
      </SettingRow>
      <WatchedFolders />
    </SettingsSection>
  );
}

function WatchedFolders() {
  const roots = useApp((state) => state.summary?.roots);
  if (!roots || roots.length === 0) return null;
  return (
    <ul
      aria-label="How each folder is watched"
      className="mt-2 divide-y divide-line rounded-panel border border-line"
    >
      {roots.map((root) => (
        <WatchedFolder key={root.rootId} root={root} />
      ))}
    </ul>
  );
}

const STATE_ICONS: Readonly<Record<WatchState, LucideIcon>> = {
  watching: Eye,
  timed: Timer,
  off: EyeOff,
  offline: Unplug,
};

function WatchedFolder({ root }: { root: Root }) {
  const watch = useApp((state) => state.watches[root.rootId]);
  const settings = useApp((state) => state.settings);
  const words = watchSentence(root, watch, settings);
  const Icon = STATE_ICONS[root.online ? (watch?.state ?? 'off') : 'offline'];
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <Icon aria-hidden className="mt-0.5 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{root.name}</p>
        <MiddleTruncated text={root.path} tailLength={28} className="text-small text-muted" />
        {words !== null && <p className="text-small">{words}</p>}
        {watch?.reason != null && <TechnicalDetails text={watch.reason} />}
      </div>
    </li>
  );
}
