import { describe, expect, it } from 'vitest';
import { Remembered } from './remembered';

describe('an answer that is dear', () => {
  it('is asked for once in a while, for each key', async () => {
    let now = 0;
    let asked = 0;
    const answers = new Remembered<string, number>(100, () => now);
    const ask = async () => ++asked;
    expect(await answers.get('a', ask)).toBe(1);
    expect(await answers.get('b', ask)).toBe(2);
    now = 99;
    expect(await answers.get('a', ask)).toBe(1);
    now = 100;
    expect(await answers.get('a', ask)).toBe(3);
  });
});
