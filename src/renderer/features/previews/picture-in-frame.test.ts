import { describe, expect, it } from 'vitest';
import { pictureInFrame } from './picture-in-frame';

describe('pictureInFrame', () => {
  it('fills the frame at 16:9 and where the size is not known', () => {
    const whole = { widthPercent: 100, heightPercent: 100 };
    expect(pictureInFrame(1920, 1080)).toEqual(whole);
    expect(pictureInFrame(null, null)).toEqual(whole);
  });

  it('leaves bars beside a portrait and above a wide picture, never cropping', () => {
    expect(pictureInFrame(1080, 1920).widthPercent).toBeCloseTo(31.64, 1);
    expect(pictureInFrame(1080, 1920).heightPercent).toBe(100);
    expect(pictureInFrame(1920, 800).heightPercent).toBeCloseTo(74.07, 1);
  });
});
