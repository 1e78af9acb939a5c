import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdSet } from './id-set';

describe('a set of IDs', () => {
  it('behaves like any other set', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 100_000 })));
    fc.assert(
      fc.property(steps, (commands) => {
        const ids = new IdSet();
        const reference = new Set<number>();
        for (const [add, id] of commands) {
          if (add) {
            expect(ids.add(id)).toBe(!reference.has(id));
            reference.add(id);
          } else {
            expect(ids.delete(id)).toBe(reference.delete(id));
          }
          expect(ids.has(id)).toBe(reference.has(id));
        }
        expect(ids.size).toBe(reference.size);
        expect([...ids.ids()]).toEqual([...reference].toSorted((a, b) => a - b));
      }),
    );
  });
});
