import { describe, expect, it } from 'vitest';
import { interleaved } from './rounds';

describe('interleaved rounds', () => {
  it('take every arm once a round, each round beginning with another', async () => {
    const order: string[] = [];
    const arm = (name: string) => async () => `${name}${order.push(name)}`;
    const figures = await interleaved(3, { a: arm('a'), b: arm('b') });
    expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
    expect(figures).toEqual({ a: ['a1', 'a4', 'a5'], b: ['b2', 'b3', 'b6'] });
  });
});
