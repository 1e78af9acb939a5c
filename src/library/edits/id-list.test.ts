import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packIds, unpackIds } from './id-list';

describe('packed IDs', () => {
  it('come back in their order, whatever it is', () => {
    const ids = fc.array(
      fc.oneof(
        fc.nat(1000),
        fc.maxSafeNat().map((id) => Math.floor(id / 4)),
      ),
    );
    fc.assert(
      fc.property(ids, (list) => {
        expect(unpackIds(packIds(list))).toEqual(list);
      }),
    );
  });

  it('of neighbours take a byte each', () => {
    const neighbours = Array.from({ length: 1000 }, (_, index) => index + 1);
    expect(packIds(neighbours)).toHaveLength(1000);
  });
});
