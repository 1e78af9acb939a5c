import { describe, expect, it } from 'vitest';
import { pictureAt } from './filmstrip';

const LAYOUT = {
  columns: 5,
  frameWidth: 320,
  frameHeight: 180,
  times: Array.from({ length: 12 }, (_, index) => 5 + index * 10),
};
const BOX = { width: 160, height: 160 };

describe('the picture for a time', () => {
  it.each([
    [0, 0, 0],
    [14, 160, 0],
    [21, 320, 0],
    [55, 0, 90],
    [900, 160, 180],
  ])('at %d s lies %d pixels right and %d down in the scaled sprite', (seconds, left, top) => {
    expect(pictureAt(LAYOUT, seconds, BOX)).toMatchObject({ left, top, width: 160, height: 90 });
  });

  it('fits the box in the video’s own aspect, and the sprite is scaled with it', () => {
    const tall = { ...LAYOUT, frameWidth: 180, frameHeight: 320 };
    expect(pictureAt(tall, 0, BOX)).toMatchObject({
      width: 90,
      height: 160,
      sheetWidth: 450,
      sheetHeight: 480,
    });
  });
});
