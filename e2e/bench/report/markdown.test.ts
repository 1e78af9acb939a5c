import { describe, expect, it } from 'vitest';
import { figure, markdownTable, spread } from './markdown';

describe('a table', () => {
  it('has its text to the left and its figures to the right', () => {
    const table = markdownTable({
      header: ['', 'files/s'],
      rows: [
        ['baseline', '68.9'],
        ['app', '1,378'],
      ],
    });
    expect(table).toBe(
      [
        '|          | files/s |',
        '| -------- | ------: |',
        '| baseline |    68.9 |',
        '| app      |   1,378 |',
      ].join('\n'),
    );
  });

  it('keeps a pipe inside its cell', () => {
    const table = markdownTable({ header: ['a', 'b'], rows: [['find | xargs', '1']] });
    expect(table).toContain('| find \\| xargs |   1 |');
  });

  it('fills rows that are too short', () => {
    expect(markdownTable({ header: ['a', 'b'], rows: [['x']] })).toContain('| x   |     |');
  });
});

describe('a figure', () => {
  it.each([
    [0, '0.00'],
    [0.614, '0.61'],
    [9.994, '9.99'],
    [9.996, '10.0'],
    [18.44, '18.4'],
    [99.96, '100'],
    [12_345.6, '12,346'],
    [-0.5, '-0.50'],
  ])('%d is written %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });
});

describe('a spread', () => {
  it('names the median and both ends', () => {
    expect(spread([19.13, 17, 18.4], ' ×')).toBe('18.4 × (17.0–19.1)');
  });

  it('of one round is its figure', () => {
    expect(spread([4])).toBe('4.00');
  });
});
