import { describe, expect, it } from 'vitest';
import { Pace } from './pace';

function paceOf(): Pace {
  return new Pace({ lot: 32, slowMs: 0.05, firstDetour: 512 });
}

/** Looks at so many files on a drive that takes so many milliseconds for each; answers those looked at one by one. */
function lookAt(pace: Pace, files: number, msEach: number): number {
  let alone = 0;
  for (let left = files; left > 0; ) {
    const { count, together } = pace.next(left);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(left);
    left -= count;
    if (together) continue;
    alone += count;
    pace.note(count, count * msEach);
  }
  return alone;
}

describe('the pace', () => {
  it('asks a drive that answers at once for one file after the other', () => {
    expect(lookAt(paceOf(), 10_000, 0.003)).toBe(10_000);
  });

  it('asks a slow drive for many files at a time, and ever more seldom for one', () => {
    const pace = paceOf();
    const first = lookAt(pace, 10_000, 1);
    expect(first).toBeLessThan(200);
    expect(lookAt(pace, 10_000, 1)).toBeLessThan(first);
  });

  it('goes back to one by one when the drive has become quick', () => {
    const pace = paceOf();
    lookAt(pace, 100, 1);
    lookAt(pace, 1_000, 0.003);
    expect(lookAt(pace, 1_000, 0.003)).toBe(1_000);
  });
});
