import { Select } from '../../ui/select';
import { AUTOMATIC, jobsOptions } from './setting-options';
import { SettingRow, SettingsSection } from './settings-section';
import { useChangeSettings } from './use-change-settings';

/** How much of the computer the background work may take. */
export function PerformanceSection() {
  const { settings, change } = useChangeSettings();
  return (
    <SettingsSection title="Performance">
      <SettingRow
        label="Jobs at a time on one drive"
        hint="Automatic fits the drive: one or two on a hard disk or network share, more on a solid-state drive."
      >
        {(ids) => (
          <Select
            {...ids}
            className="w-36"
            options={jobsOptions()}
            value={String(settings?.jobsPerVolume ?? AUTOMATIC)}
            disabled={settings === null}
            onChange={({ target: { value } }) =>
              change({ jobsPerVolume: value === AUTOMATIC ? null : Number(value) })
            }
          />
        )}
      </SettingRow>
    </SettingsSection>
  );
}
