import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_WAIT_MS } from '../../shared/job';
import { backoffMs, LONGEST_STORAGE_WAIT_MS } from './backoff';

it('doubles its ceiling with each failure and stops at the longest wait', () => {
  const ceilings = [0, 1, 2, 3, 20].map((failures) => backoffMs(failures, () => 1));
  expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, MAX_WAIT_MS]);
});

it('waits no longer for a library than a minute', () => {
  expect(backoffMs(99, () => 1, LONGEST_STORAGE_WAIT_MS)).toBe(60_000);
});

it('is spread over the whole range below the ceiling', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ceiling = backoffMs(failures, () => 1);
      expect(backoffMs(failures, () => random)).toBe(Math.round(ceiling * random));
      expect(ceiling).toBeLessThanOrEqual(MAX_WAIT_MS);
    }),
  );
});
