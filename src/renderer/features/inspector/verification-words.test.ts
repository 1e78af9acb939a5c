import { describe, expect, it } from 'vitest';
import { outcomeWords, positionWords, uncheckedWords, unlistedWords } from './verification-words';

const place = { atSeconds: 754.5, message: 'error while decoding' };
const verification = { verifiedAtMs: 0, damage: [place], damageCount: 1 };

describe('a verification in words', () => {
  it('says what was found', () => {
    expect(outcomeWords({ ...verification, outcome: 'intact' })).toMatch(/^Intact/);
    expect(outcomeWords({ ...verification, outcome: 'damaged' })).toBe('Damaged in 1 place');
    expect(outcomeWords({ ...verification, outcome: 'damaged', damageCount: 12 })).toBe(
      'Damaged in 12 places',
    );
    expect(outcomeWords({ ...verification, outcome: 'unreadable' })).toMatch(/cannot be decoded/);
  });

  it('says where, as a time code, and how many places are not listed', () => {
    expect(positionWords(place)).toBe('00:12:34.500');
    expect(positionWords({ ...place, untilSeconds: 771 })).toBe('00:12:34.500 – 00:12:51.000');
    expect(positionWords({ ...place, atSeconds: null })).toBe('Unknown');
    expect(unlistedWords({ ...verification, outcome: 'damaged' })).toBeNull();
    expect(unlistedWords({ ...verification, outcome: 'damaged', damageCount: 4 })).toBe(
      'and 3 more',
    );
  });

  it('says what could not be checked', () => {
    expect(uncheckedWords({ ...verification, outcome: 'intact' })).toBeNull();
    const unchecked = ['av1', 'dnxhd'];
    expect(uncheckedWords({ ...verification, outcome: 'intact', unchecked })).toMatch(
      /no decoder for it: AV1, DNxHD$/,
    );
  });
});
