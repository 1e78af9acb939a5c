import { describe, expect, it } from 'vitest';
import { fold } from './fold';

describe('folding', () => {
  it.each([
    ['École', 'ecole'],
    ['e\u0301cole', 'ecole'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['Øresund', 'oresund'],
    ['Łódź', 'lodz'],
    ['Encyclopædia', 'encyclopaedia'],
    ['ＦＵＬＬ', 'full'],
    ['ﬁlm', 'film'],
    ['Ёлка', 'елка'],
    ['nul\0', 'nul'],
  ])('makes %j %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('keeps marks that make another letter in their script', () => {
    expect(fold('が')).not.toBe(fold('か'));
    expect(fold('कि')).not.toBe(fold('क'));
    expect(fold('한국')).toBe('한국');
  });
});
