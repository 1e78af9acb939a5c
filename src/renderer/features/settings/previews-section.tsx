import { useState } from 'react';
import type { PreviewShare } from '../../../shared/preview';
import { useServices } from '../../services';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Select } from '../../ui/select';
import { Switch } from '../../ui/switch';
import { makeMissingPreviews } from '../jobs/start-jobs';
import { cacheSentence } from './cache-words';
import { clearPreviews } from './clear-previews';
import { cacheOptions, SHARE_OPTIONS } from './setting-options';
import { SettingRow, SettingsSection } from './settings-section';
import { useChangeSettings } from './use-change-settings';
import { usePreviewCache } from './use-preview-cache';

/** When previews are made, how much they may take of the computer, and what is kept of them. */
export function PreviewsSection() {
  return (
    <SettingsSection title="Previews">
      <WhenMade />
      <WhatTheyTake />
      <Cache />
    </SettingsSection>
  );
}

function WhenMade() {
  const { settings, change } = useChangeSettings();
  return (
    <>
      <SettingRow
        label="Make previews automatically"
        hint="A poster and a filmstrip of each video, in the background: first of what is on screen, then of new files."
      >
        {(ids) => (
          <Switch
            {...ids}
            checked={settings?.makePreviews ?? false}
            disabled={settings === null}
            onCheckedChange={(makePreviews) => change({ makePreviews })}
          />
        )}
      </SettingRow>
      <SettingRow
        label="Make previews on battery"
        hint="Otherwise they wait until the computer has mains power again."
      >
        {(ids) => (
          <Switch
            {...ids}
            checked={settings?.previewsOnBattery ?? false}
            disabled={settings === null}
            onCheckedChange={(previewsOnBattery) => change({ previewsOnBattery })}
          />
        )}
      </SettingRow>
    </>
  );
}

function WhatTheyTake() {
  const { settings, change } = useChangeSettings();
  const cacheBytes = settings?.previewCacheBytes ?? 10_000_000_000;
  return (
    <>
      <SettingRow
        label="Share of the computer"
        hint="How much of the processor previews may use. They give way to other programs, and to scans."
      >
        {(ids) => (
          <Select
            {...ids}
            className="w-36"
            options={SHARE_OPTIONS}
            value={settings?.previewShare ?? 'medium'}
            disabled={settings === null}
            onChange={(event) => change({ previewShare: event.target.value as PreviewShare })}
          />
        )}
      </SettingRow>
      <SettingRow
        label="Space on the disk"
        hint="When it is full, the previews that were not seen for the longest time go. They are made again when they are needed."
      >
        {(ids) => (
          <Select
            {...ids}
            className="w-36"
            options={cacheOptions(cacheBytes)}
            value={String(cacheBytes)}
            disabled={settings === null}
            onChange={(event) => change({ previewCacheBytes: Number(event.target.value) })}
          />
        )}
      </SettingRow>
    </>
  );
}

function Cache() {
  const services = useServices();
  const { cache, reload } = usePreviewCache();
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 rounded-panel border border-line px-3 py-2">
      <p data-testid="preview-cache" className="min-h-4 min-w-0 flex-1 basis-56 tabular-nums">
        {cache && cacheSentence(cache)}
      </p>
      <Button
        disabled={!cache?.due && !cache?.withoutFilmstrip}
        onClick={() => void makeMissingPreviews(services)}
      >
        Make missing previews
      </Button>
      <Button disabled={!cache?.count} onClick={() => setAsking(true)}>
        Clear previews…
      </Button>
      <ConfirmDialog
        open={isAsking}
        title="Clear all previews?"
        confirm="Clear previews"
        onConfirm={() => void clearPreviews(services).then(reload)}
        onClose={() => setAsking(false)}
      >
        <p>
          All posters and filmstrips are deleted from the disk, and made again when they are needed.
          Your videos are not touched.
        </p>
      </ConfirmDialog>
    </div>
  );
}
