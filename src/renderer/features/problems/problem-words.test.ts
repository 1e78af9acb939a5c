import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../../shared/media';
import { describeProblem } from './problem-words';

describe('describeProblem', () => {
  it.each(PROBLEM_CODES)('gives a short reason and advice for %s', (code) => {
    const { reason, advice } = describeProblem(code);
    expect(reason).toMatch(/^[A-Z].*[^.]$/);
    expect(reason.length).toBeLessThan(32);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});
