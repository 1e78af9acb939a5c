import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../shared/errors';
import { describeError, technicalText } from './errors';

describe('describeError', () => {
  it.each(ERROR_CODES)('says what %s is and what it means, as plain sentences', (code) => {
    const { title, meaning, action } = describeError({ code });
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [meaning, action].filter((text) => text !== '')) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
    expect(`${title}${meaning}${action}`).not.toMatch(/!|[A-Z]{3,}_/);
  });

  it('words every code differently', () => {
    const titles = ERROR_CODES.map((code) => describeError({ code }).title);
    expect(new Set(titles).size).toBe(ERROR_CODES.length);
  });
});

describe('technicalText', () => {
  it('holds the code, the message and every detail', () => {
    const text = technicalText({
      code: 'LIBRARY_LOCKED',
      message: 'Held by process 4711.',
      details: { pid: 4711, path: '/library' },
    });
    expect(text).toBe('LIBRARY_LOCKED: Held by process 4711.\npid: 4711\npath: /library');
  });
});
