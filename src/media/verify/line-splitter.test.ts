import { expect, it } from 'vitest';
import { LineSplitter } from './line-splitter';

it('cuts into lines whatever the pieces, and between the bytes of a character', () => {
  const bytes = Buffer.from('one\r\ntwo Ü\n\nlast');
  for (let size = 1; size <= bytes.length; size++) {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line));
    for (let at = 0; at < bytes.length; at += size) splitter.add(bytes.subarray(at, at + size));
    splitter.end();
    expect(lines).toEqual(['one', 'two Ü', '', 'last']);
  }
});

it('keeps the beginning of a line that never ends', () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (let chunk = 0; chunk < 1000; chunk++) splitter.add(Buffer.alloc(10_000, 'x'));
  splitter.add(Buffer.from('\nshort\n'));
  expect(lines.map(({ length }) => length)).toEqual([16 * 1024, 5]);
});
