import { TILE_SIZE } from './features/browser/view-slice';
import { INSPECTOR_WIDTH, SIDEBAR_WIDTH } from './features/shell/layout-slice';

/** What is remembered between two starts of the window. */
export interface Preferences {
  sidebarOpen: boolean;
  sidebarWidth: number;
  inspectorOpen: boolean;
  inspectorWidth: number;
  mode: 'grid' | 'table';
  tileSize: number;
  volume: number;
  muted: boolean;
  subtitleLanguage: string | null;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

const STORAGE_KEY = 'vitrine.preferences';

const KEYS = [
  'sidebarOpen',
  'sidebarWidth',
  'inspectorOpen',
  'inspectorWidth',
  'mode',
  'tileSize',
  'volume',
  'muted',
  'subtitleLanguage',
] as const satisfies (keyof Preferences)[];

/** Reads what was remembered; anything that is not as expected is left out, so that the standard holds. */
export function loadPreferences(storage: Storage | undefined): Partial<Preferences> {
  const saved = parseObject(storage?.getItem(STORAGE_KEY));
  const preferences: Partial<Preferences> = {};
  const { sidebarOpen, sidebarWidth, inspectorOpen, inspectorWidth, mode, tileSize } = saved;
  const { volume, muted, subtitleLanguage } = saved;
  if (typeof sidebarOpen === 'boolean') preferences.sidebarOpen = sidebarOpen;
  if (isWithin(sidebarWidth, SIDEBAR_WIDTH)) preferences.sidebarWidth = sidebarWidth;
  if (typeof inspectorOpen === 'boolean') preferences.inspectorOpen = inspectorOpen;
  if (isWithin(inspectorWidth, INSPECTOR_WIDTH)) preferences.inspectorWidth = inspectorWidth;
  if (mode === 'grid' || mode === 'table') preferences.mode = mode;
  if (isWithin(tileSize, TILE_SIZE)) preferences.tileSize = tileSize;
  if (isWithin(volume, { min: 0, max: 1 })) preferences.volume = volume;
  if (typeof muted === 'boolean') preferences.muted = muted;
  if (typeof subtitleLanguage === 'string') preferences.subtitleLanguage = subtitleLanguage;
  return preferences;
}

/** Remembers the layout if it differs from `before`. */
export function savePreferences(storage: Storage, state: Preferences, before: Preferences): void {
  if (KEYS.every((key) => state[key] === before[key])) return;
  storage.setItem(
    STORAGE_KEY,
    JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, state[key]]))),
  );
}

function parseObject(text: string | null | undefined): Partial<Record<keyof Preferences, unknown>> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Written by hand or cut off: the standard layout is a fine answer.
    return {};
  }
}

function isWithin(value: unknown, range: { min: number; max: number }): value is number {
  return typeof value === 'number' && value >= range.min && value <= range.max;
}
