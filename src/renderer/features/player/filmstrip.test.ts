import { expect, it } from 'vitest';
import { nearestFrame } from './filmstrip';

const TIMES = Array.from({ length: 12 }, (_, index) => 5 + index * 10);

it.each([
  [0, 0],
  [14, 1],
  [21, 2],
  [55, 5],
  [900, 11],
])('at %d s picture %d of the filmstrip is the nearest', (seconds, frame) => {
  expect(nearestFrame(TIMES, seconds)).toBe(frame);
});
