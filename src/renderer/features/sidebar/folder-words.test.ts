import { describe, expect, it } from 'vitest';
import { WATCH_STATES } from '../../../shared/library';
import { folderFacts, volumeWords, watchSentence, watchWords } from './folder-words';

const watch = (state: (typeof WATCH_STATES)[number]) => ({ rootId: 1, state, reason: null });
const EVERY_HALF_HOUR = { rescanMinutes: 30 };
const ONLINE = { online: true, volume: null };

describe('a folder in words', () => {
  it('names its drive by what is known of it', () => {
    expect(volumeWords({ label: 'Samsung T7', kind: 'solid-state' })).toBe(
      'Samsung T7, solid-state drive',
    );
    expect(volumeWords({ label: null, kind: 'rotational' })).toBe('Hard disk');
    expect(volumeWords({ label: 'nas/video', kind: 'network' })).toBe('nas/video, network share');
    expect(volumeWords({ label: 'Card', kind: 'unknown' })).toBe('Card');
    expect(volumeWords({ label: null, kind: 'unknown' })).toBeNull();
    expect(volumeWords(null)).toBeNull();
  });

  it.each(WATCH_STATES)('says how it is watched when it is %s', (state) => {
    expect(watchWords(ONLINE, watch(state), EVERY_HALF_HOUR)).toMatch(/^[A-Z]/);
  });

  it('says how often it is checked, and why it is not watched', () => {
    const share = { online: true, volume: { label: null, kind: 'network' } } as const;
    expect(watchWords(ONLINE, watch('timed'), EVERY_HALF_HOUR)).toBe('Checked every 30 min');
    expect(watchWords(ONLINE, watch('timed'), { rescanMinutes: 180 })).toBe('Checked every 3 h');
    expect(watchSentence(share, watch('timed'), EVERY_HALF_HOUR)).toMatch(/network shares/);
    expect(watchSentence(ONLINE, watch('timed'), EVERY_HALF_HOUR)).toMatch(/system/);
    expect(watchSentence(share, watch('watching'), EVERY_HALF_HOUR)).not.toMatch(/because/);
  });

  it('says nothing of what is not known', () => {
    expect(watchWords(ONLINE, undefined, EVERY_HALF_HOUR)).toBeNull();
  });

  it('is not connected rather than watched while it is offline', () => {
    const root = {
      rootId: 1,
      path: '/mnt/nas',
      name: 'nas',
      online: false,
      videoCount: 3,
      problemCount: 0,
      missingCount: 0,
      unconfirmedMissing: 0,
      volume: null,
      addedAtMs: 0,
      lastScanAtMs: null,
    };
    expect(folderFacts(root, watch('timed'), EVERY_HALF_HOUR, 0)).toEqual([
      { label: 'Changes', value: 'Not connected' },
    ]);
  });
});
