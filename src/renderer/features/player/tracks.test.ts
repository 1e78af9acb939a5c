import { describe, expect, it } from 'vitest';
import type { SubtitleTrack } from '../../../shared/playback';
import { nextSpeed } from './speeds';
import { audioFacts, nextInRound, preferredSubtitle, subtitleFacts, trackName } from './tracks';

const subtitle = (index: number, change: Partial<SubtitleTrack> = {}): SubtitleTrack => ({
  index,
  codec: 'subrip',
  language: null,
  title: null,
  isDefault: false,
  playable: true,
  external: false,
  forced: false,
  ...change,
});

describe('tracks', () => {
  it('are named by what the file says, else by their place', () => {
    expect(trackName(subtitle(5, { language: 'deu', title: 'Full' }), 0)).toBe('German · Full');
    expect(trackName(subtitle(5), 2)).toBe('Track 3');
    expect(subtitleFacts(subtitle(5, { forced: true, external: true }))).toBe(
      'SubRip, forced, from a file',
    );
    expect(audioFacts({ ...subtitle(1), codec: 'ac3', channels: 6 })).toBe('Dolby Digital, 5.1');
    expect(audioFacts({ ...subtitle(1), codec: null, channels: null })).toBe('');
  });

  it('of the remembered language are preferred, the whole ones before the forced ones', () => {
    const tracks = [
      subtitle(5, { language: 'deu', forced: true }),
      subtitle(6, { language: 'deu', playable: false }),
      subtitle(7, { language: 'deu' }),
      subtitle(8),
    ];
    expect(preferredSubtitle(tracks, 'deu')?.index).toBe(7);
    expect(preferredSubtitle(tracks.slice(0, 2), 'deu')?.index).toBe(5);
    expect(preferredSubtitle(tracks, '')?.index).toBe(8);
    expect(preferredSubtitle(tracks, 'fra')).toBeNull();
    expect(preferredSubtitle(tracks, null)).toBeNull();
  });

  it('follow one another in a round with nothing between the last and the first', () => {
    expect(nextInRound([5, 6], null)).toBe(5);
    expect(nextInRound([5, 6], 5)).toBe(6);
    expect(nextInRound([5, 6], 6)).toBeNull();
    expect(nextInRound([], null)).toBeNull();
  });
});

describe('speeds', () => {
  it('go step by step and stay at their ends', () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1)]).toEqual([1.25, 0.75]);
    expect([nextSpeed(4, 1), nextSpeed(0.25, -1)]).toEqual([4, 0.25]);
    expect(nextSpeed(1.1, 1)).toBe(1.25);
  });
});
