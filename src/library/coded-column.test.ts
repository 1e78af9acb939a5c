import { describe, expect, it } from 'vitest';
import { CodedColumn } from './coded-column';

describe('a coded column', () => {
  it('tells more values apart than a byte can', () => {
    const column = new CodedColumn();
    column.grow(1000);
    for (let id = 1; id < 600; id += 1) column.set(id, id % 2 === 0 ? `codec ${id % 300}` : id);
    column.clear(7);
    column.grow(2000);
    column.set(1999, 'codec 8');
    const valueAt = (id: number) => column.values[(column.codes[id] ?? 0) - 1];
    expect([valueAt(7), valueAt(600)]).toEqual([undefined, undefined]);
    expect([valueAt(8), valueAt(308), valueAt(1999)]).toEqual(['codec 8', 'codec 8', 'codec 8']);
    expect([valueAt(511), valueAt(599)]).toEqual([511, 599]);
    const passes = column.passing((value) => value === 'codec 8');
    const passing = [...column.codes.keys()].filter((id) => passes[column.codes[id] ?? 0] === 1);
    expect(passing).toEqual([8, 308, 1999]);
  });
});
