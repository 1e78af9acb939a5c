import { describe, expect, it } from 'vitest';
import { loadPreferences, savePreferences } from './preferences';
import { createAppStore } from './store';

function memoryStorage(text: string | null = null) {
  let kept = text;
  return {
    writes: 0,
    getItem: () => kept,
    setItem(_key: string, value: string) {
      kept = value;
      this.writes += 1;
    },
  };
}

describe('preferences', () => {
  it('come back as they were saved', () => {
    const storage = memoryStorage();
    const before = createAppStore().getState();
    const changed = { ...before, sidebarWidth: 300, mode: 'table' as const, muted: true };
    savePreferences(storage, { ...changed, volume: 0.4, subtitleLanguage: '' }, before);
    expect(createAppStore(loadPreferences(storage)).getState()).toMatchObject({
      sidebarWidth: 300,
      mode: 'table',
      muted: true,
      volume: 0.4,
      subtitleLanguage: '',
    });
  });

  it('are not written when only something else changed', () => {
    const storage = memoryStorage();
    const before = createAppStore().getState();
    savePreferences(storage, { ...before, searchText: 'a' } as typeof before, before);
    expect(storage.writes).toBe(0);
  });

  it.each([
    null,
    'not JSON',
    '[]',
    'null',
    '{"sidebarWidth":"wide","mode":"list","tileSize":-5,"sidebarOpen":1,"volume":1.5,"muted":0,"subtitleLanguage":7}',
  ])('ignore what is not theirs: %s', (text) => {
    expect(loadPreferences(memoryStorage(text))).toEqual({});
  });
});
