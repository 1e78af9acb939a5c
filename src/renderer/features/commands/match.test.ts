import { describe, expect, it } from 'vitest';
import { scoreCommand } from './match';

const score = (typed: string, title: string, ...others: string[]) =>
  scoreCommand(typed, [title, ...others]);

describe('scoreCommand', () => {
  it.each([
    ['pause holiday', 'Pause scan of Holiday 2019'],
    ['HOLIDAY pau', 'Pause scan of Holiday 2019'],
    ['ete', 'Go to Été à Nice'],
    ['été', 'Go to Ete a Nice'],
    ['rescan', 'Scan a folder again…'],
  ])('finds “%s” in “%s”', (typed, title) => {
    expect(score(typed, title, 'rescan', 'refresh')).toBeGreaterThan(0);
  });

  it('wants every word, and no letters that are merely scattered', () => {
    expect(score('pause rome', 'Pause scan of Holiday 2019')).toBe(0);
    expect(score('psh', 'Pause scan of Holiday 2019')).toBe(0);
  });

  it('puts the beginning before other words, whole words before parts, titles before other words', () => {
    const typed = 'scan';
    const ranked = [
      score(typed, 'Scan a folder again…'),
      score(typed, 'Pause scan of Rome'),
      score(typed, 'Update', 'scan'),
      score(typed, 'Rescanning'),
    ];
    expect([...ranked].sort((a, b) => b - a)).toEqual(ranked);
    expect(new Set(ranked).size).toBe(ranked.length);
  });

  it('finds everything by nothing', () => {
    expect(score('  ', 'Find videos')).toBeGreaterThan(0);
  });
});
