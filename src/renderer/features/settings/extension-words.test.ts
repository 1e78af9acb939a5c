import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../../shared/settings';
import { explainInvalid, MAX_EXTENSIONS } from './extension-words';

describe('explainInvalid', () => {
  it.each<[invalid: string[], beginning: string | null]>([
    [[], null],
    [['*.a'], '“*.a” cannot be an extension. Use'],
    [['ä', 'ö'], '“ä” and “ö” cannot be extensions. Use'],
    [['1.', '2.', '3.', '4.', '5.'], '“1.”, “2.”, “3.”, and 2 more cannot be extensions. Use'],
  ])('says what is wrong with %j', (invalid, beginning) => {
    const words = explainInvalid(invalid);
    expect(words === null ? null : words.slice(0, beginning?.length)).toBe(beginning);
  });
});

describe('the limit', () => {
  it('is the library’s', () => {
    const settings = (count: number) => ({
      ...DEFAULT_SETTINGS,
      extraExtensions: Array(count).fill('xyz'),
    });
    expect(settingsSchema.safeParse(settings(MAX_EXTENSIONS)).success).toBe(true);
    expect(settingsSchema.safeParse(settings(MAX_EXTENSIONS + 1)).success).toBe(false);
  });
});
