import { describe, expect, it } from 'vitest';
import { gridLayout } from './grid-layout';

describe('gridLayout', () => {
  it('fits as many tiles as there is room for and lets them fill the row', () => {
    const layout = gridLayout(1000, 216);
    expect(layout.columns).toBe(4);
    expect(layout.tileWidth).toBe(230);
    expect(layout.frameHeight).toBe(129);
  });

  it('always has one column', () => {
    expect(gridLayout(100, 216).columns).toBe(1);
    expect(gridLayout(0, 216).columns).toBe(1);
  });
});
