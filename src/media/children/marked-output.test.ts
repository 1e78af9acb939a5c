import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkedOutput } from './marked-output';

const MARK = '4f1d';

/** Everything that is handed on, and the rests of the marks, of a stream that comes in pieces. */
function readAll(pieces: readonly Buffer[]) {
  const output = new MarkedOutput(MARK, 4);
  const parts: Buffer[] = [];
  const rests: string[] = [];
  for (const piece of pieces) {
    const rest = output.read(piece, (part) => parts.push(Buffer.from(part)));
    if (rest !== null) rests.push(rest);
  }
  return { text: Buffer.concat(parts).toString('latin1'), rests };
}

describe('marked output', () => {
  it('is what stands before the mark, however it is cut into pieces', () => {
    const output = fc
      .array(fc.constantFrom('\n', '4', 'f', '1', ' ', 'x', '\u00ff'), { maxLength: 40 })
      .map((characters) => characters.join(''))
      .filter((text) => !text.includes(MARK));
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 6 });
    fc.assert(
      fc.property(output, cuts, (text, places) => {
        const stream = Buffer.from(`${text}\n${MARK} 137\n`, 'latin1');
        const edges = [0, ...places.map((place) => Math.min(place, stream.length)), stream.length];
        edges.sort((a, b) => a - b);
        const pieces = edges.slice(1).map((end, index) => stream.subarray(edges[index], end));
        expect(readAll(pieces)).toEqual({ text, rests: ['137'] });
      }),
    );
  });

  it('starts anew after each mark', () => {
    const pieces = [`one\n${MARK} 0\n`, 'tw', `o\n${MARK} 1\n`].map((text) => Buffer.from(text));
    expect(readAll(pieces)).toEqual({ text: 'onetwo', rests: ['0', '1'] });
  });
});
