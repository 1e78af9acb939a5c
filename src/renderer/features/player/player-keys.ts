/** What a person can do in the player by a key of its own. */
export const PLAYER_ACTIONS = [
  'toggle-play',
  'back-10',
  'forward-10',
  'back-5',
  'forward-5',
  'back-1',
  'forward-1',
  'previous-frame',
  'next-frame',
  'to-start',
  'to-end',
  'slower',
  'faster',
  'normal-speed',
  'louder',
  'quieter',
  'toggle-mute',
  'toggle-full-screen',
  'toggle-loop',
  'next-audio',
  'next-subtitle',
  'previous-video',
  'next-video',
  'set-poster',
  'close',
] as const;
export type PlayerActionName = (typeof PLAYER_ACTIONS)[number];

/** Letters whatever their case; `Shift+` only where it makes another action of a key. */
const KEYS: Readonly<Record<string, PlayerActionName>> = {
  ' ': 'toggle-play',
  k: 'toggle-play',
  j: 'back-10',
  l: 'forward-10',
  ArrowLeft: 'back-5',
  ArrowRight: 'forward-5',
  'Shift+ArrowLeft': 'back-1',
  'Shift+ArrowRight': 'forward-1',
  ',': 'previous-frame',
  '.': 'next-frame',
  Home: 'to-start',
  End: 'to-end',
  '[': 'slower',
  ']': 'faster',
  Backspace: 'normal-speed',
  ArrowUp: 'louder',
  ArrowDown: 'quieter',
  m: 'toggle-mute',
  f: 'toggle-full-screen',
  r: 'toggle-loop',
  a: 'next-audio',
  c: 'next-subtitle',
  p: 'previous-video',
  n: 'next-video',
  'Shift+p': 'previous-video',
  'Shift+n': 'next-video',
  s: 'set-poster',
  Escape: 'close',
};

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export type PlayerKey =
  | { action: PlayerActionName }
  /** 0 to 0.9 of the whole. */
  | { share: number };

/** What a key stands for in the player; null for any other key and for shortcuts of the window. */
export function playerKeyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Keys): PlayerKey | null {
  const isSymbol = key.length === 1 && /[^\p{L} ]/u.test(key);
  // On many keyboards symbols and digits need Alt, AltGr (Ctrl and Alt) or Shift: what counts is what is written.
  if (isSymbol && (metaKey || (ctrlKey && !altKey))) return null;
  if (!isSymbol && (metaKey || ctrlKey || altKey)) return null;
  if (/^\d$/.test(key)) return { share: Number(key) / 10 };
  const plain = key.length === 1 ? key.toLowerCase() : key;
  const action = KEYS[shiftKey && !isSymbol ? `Shift+${plain}` : plain];
  return action ? { action } : null;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** How the first key of an action is written: `Space`, `Shift+←`, `F`. */
export function playerKeyLabel(name: PlayerActionName): string {
  const [key = ''] = Object.entries(KEYS).find(([, action]) => action === name) ?? [];
  const shifted = key.startsWith('Shift+');
  const plain = shifted ? key.slice('Shift+'.length) : key;
  const written = KEY_NAMES[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain);
  return shifted ? `Shift+${written}` : written;
}
