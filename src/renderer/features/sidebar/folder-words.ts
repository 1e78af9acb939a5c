import type { Root, Volume } from '../../../shared/library';
import type { Settings } from '../../../shared/settings';
import { formatMoment } from '../../format/date';
import { formatSpan } from '../../format/duration';
import { capitalised } from '../../format/text';
import { type Fact, knownFacts } from '../../ui/fact-list';
import type { FolderWatch } from './watch-slice';

const KIND_WORDS: Readonly<Record<Volume['kind'], string | null>> = {
  'solid-state': 'solid-state drive',
  rotational: 'hard disk',
  network: 'network share',
  unknown: null,
};

/** `Samsung T7, solid-state drive`; null where nothing is known of it. */
export function volumeWords(volume: Volume | null): string | null {
  if (volume === null) return null;
  const kind = KIND_WORDS[volume.kind];
  if (volume.label === null) return kind && capitalised(kind);
  return [volume.label, kind].filter(Boolean).join(', ');
}

type Interval = Pick<Settings, 'rescanMinutes'> | null;

/** How changes in a folder are noticed, in a few words: `Checked every 30 min`; null where it is not known. */
export function watchWords(
  { online }: Pick<Root, 'online'>,
  watch: FolderWatch | undefined,
  settings: Interval,
): string | null {
  if (!online) return 'Not connected';
  switch (watch?.state) {
    case 'watching':
      return 'Watched: changes are noticed at once';
    case 'timed':
      return settings === null
        ? 'Checked now and then'
        : `Checked every ${formatSpan(settings.rescanMinutes * 60)}`;
    case 'off':
      return 'Not watched: scanned when you ask for it';
    case 'offline':
      return 'Not connected';
    case undefined:
      return null;
  }
}

/** The same with the reason for not watching it, where there is one that a person can understand. */
export function watchSentence(
  root: Pick<Root, 'online' | 'volume'>,
  watch: FolderWatch | undefined,
  settings: Interval,
): string | null {
  const words = watchWords(root, watch, settings);
  if (!root.online || watch?.state !== 'timed') return words;
  return root.volume?.kind === 'network'
    ? `${words}, because network shares do not tell of changes`
    : `${words}, because the system cannot watch it`;
}

/** What is known of a folder beyond its name: for its tooltip. */
export function folderFacts(
  root: Root,
  watch: FolderWatch | undefined,
  settings: Interval,
  nowMs: number,
): Fact[] {
  const { lastScanAtMs } = root;
  return knownFacts([
    ['Drive', volumeWords(root.volume)],
    ['Changes', watchSentence(root, watch, settings)],
    ['Last scan', lastScanAtMs === null ? null : formatMoment(lastScanAtMs, nowMs)],
  ]);
}
