import { describe, expect, it } from 'vitest';
import { mustAsk } from './missing-guard';

describe('before videos are marked as missing', () => {
  it.each([
    [{ before: 100, gone: 60, discovered: 40 }, true],
    [{ before: 100, gone: 51, discovered: 49 }, true],
    [{ before: 100, gone: 50, discovered: 50 }, false],
    [{ before: 300, gone: 60, discovered: 240 }, false],
    [{ before: 299, gone: 60, discovered: 239 }, true],
    [{ before: 10_000, gone: 2_000, discovered: 8_000 }, false],
    [{ before: 10_000, gone: 2_001, discovered: 7_999 }, true],
    [{ before: 3, gone: 2, discovered: 1 }, false],
    [{ before: 3, gone: 3, discovered: 0 }, true],
    [{ before: 3, gone: 3, discovered: 5 }, false],
    [{ before: 0, gone: 0, discovered: 0 }, false],
  ])('%o: the person is asked: %s', (outcome, asked) => {
    expect(mustAsk(outcome)).toBe(asked);
  });
});
