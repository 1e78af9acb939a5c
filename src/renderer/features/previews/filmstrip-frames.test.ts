import { describe, expect, it } from 'vitest';
import { fractionOf, frameAfterStep, frameAt, frameOrigin } from './filmstrip-frames';

describe('the picture under a pointer', () => {
  it.each([
    [0, 25, 0],
    [0.0399, 25, 0],
    [0.04, 25, 1],
    [0.5, 25, 12],
    [1, 25, 24],
    [0.9, 1, 0],
    [-0.2, 4, 0],
    [1.3, 4, 3],
  ])('at %f of %i is %i', (fraction, count, frame) => {
    expect(frameAt(fraction, count)).toBe(frame);
  });

  it('is the one that the line stands at when the keyboard stepped to it', () => {
    for (const count of [1, 2, 7, 25]) {
      for (let frame = 0; frame < count; frame += 1) {
        expect(frameAt(fractionOf(frame, count), count)).toBe(frame);
      }
    }
  });
});

describe('frameOrigin', () => {
  it('goes to the right, then down', () => {
    const layout = { columns: 5, frameWidth: 320, frameHeight: 180 };
    expect([0, 4, 5, 24].map((frame) => frameOrigin(frame, layout))).toEqual([
      { x: 0, y: 0 },
      { x: 1280, y: 0 },
      { x: 0, y: 180 },
      { x: 1280, y: 720 },
    ]);
  });
});

describe('frameAfterStep', () => {
  it('begins at the end that it comes from, and stays within the filmstrip', () => {
    expect(frameAfterStep(null, 1, 25)).toBe(0);
    expect(frameAfterStep(null, -1, 25)).toBe(24);
    expect(frameAfterStep(3, 1, 25)).toBe(4);
    expect(frameAfterStep(24, 1, 25)).toBe(24);
    expect(frameAfterStep(0, -1, 25)).toBe(0);
  });
});
