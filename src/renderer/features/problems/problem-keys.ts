type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key does on the row of a problem. */
export type ProblemKeyAction = 'tick' | 'inspect' | 'retry' | 'dismiss' | 'copy';

const PLAIN: Readonly<Record<string, ProblemKeyAction>> = {
  ' ': 'tick',
  Enter: 'inspect',
  r: 'retry',
  R: 'retry',
  Delete: 'dismiss',
  Backspace: 'dismiss',
};

/** Null for a key that does nothing there. */
export function actionOfKey({ key, ctrlKey, metaKey, altKey }: Keys): ProblemKeyAction | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'c' ? 'copy' : null;
  return PLAIN[key] ?? null;
}
