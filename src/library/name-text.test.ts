import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameText } from './name-text';

/** Around the border between two texts. */
const id = fc.integer({ min: 1018, max: 1030 });
const name = fc.string({ unit: fc.constantFrom('a', 'b', '東', '😀', '\n'), maxLength: 6 });
const word = fc.string({ unit: fc.constantFrom('a', 'b', '東', '😀'), minLength: 1, maxLength: 3 });

function isFoundIn(text: string, wanted: string, isPrefix: boolean): boolean {
  const places = [...text].map((_, index) => [...text].slice(0, index).join('').length);
  return places.some(
    (at) => text.startsWith(wanted, at) && !(isPrefix && /[ab東]$/.test(text.slice(0, at))),
  );
}

describe('names in long texts', () => {
  it('are found as they would be one by one, whatever replaces them', () => {
    const batches = fc.array(fc.array(fc.tuple(id, name), { maxLength: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(batches, word, fc.boolean(), (written, wanted, isPrefix) => {
        const names = new NameText();
        const reference = new Map<number, string>();
        for (const batch of written) {
          names.set(new Map(batch));
          for (const [one, text] of batch) reference.set(one, text);
        }
        const found = new Uint8Array(1100);
        const test = { type: isPrefix ? 'startsWord' : 'contains', text: wanted } as const;
        names.find(test, found);
        for (let one = 1000; one < found.length; one += 1) {
          const expected = isFoundIn(reference.get(one) ?? '', wanted, isPrefix);
          expect([one, found[one] === 1]).toEqual([one, expected]);
          expect([one, names.has(one, test)]).toEqual([one, expected]);
        }
      }),
    );
  });
});
