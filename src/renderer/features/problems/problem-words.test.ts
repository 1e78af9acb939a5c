import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, type Problem } from '../../../shared/media';
import { describeProblem, isQuarantined, problemText, problemTextLabel } from './problem-words';

describe('describeProblem', () => {
  it.each([...PROBLEM_CODES, 'PROCESS_CRASHED', 'A_CODE_OF_ANOTHER_VERSION'])(
    'gives a short reason and advice for %s',
    (code) => {
      const { reason, advice } = describeProblem(code);
      expect(reason).toMatch(/^[A-Z].*[^.]$/);
      expect(reason.length).toBeLessThan(32);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    },
  );
});

describe('a problem', () => {
  const problem: Problem = {
    stage: 'probe',
    code: 'DAMAGED',
    message: 'ffprobe ended with 1.',
    toolOutput: 'moov atom not found\n',
    occurredAt: 0,
  };

  it('says where it failed, and whose words the technical text holds', () => {
    expect(problemTextLabel(problem)).toBe('Failed when it was read · what ffprobe said');
    expect(problemTextLabel({ ...problem, stage: 'open', toolOutput: null })).toBe(
      'Failed when it was opened · technical details',
    );
  });

  it('has a technical text with everything for a report', () => {
    const text = problemText(problem);
    expect(text).toMatch(/^moov atom not found\nDAMAGED \(probe\): ffprobe ended with 1\.\n.+1970/);
  });

  it('is a quarantine where the file made a process crash', () => {
    expect(isQuarantined(problem)).toBe(false);
    expect(isQuarantined({ code: 'PROCESS_CRASHED' })).toBe(true);
  });
});
