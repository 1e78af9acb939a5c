import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterScroll,
  atRows,
  contentHeight,
  MAX_CONTENT_HEIGHT,
  rowsTopToShow,
  visibleRows,
} from './scroll-range';

const SHORT = { rowCount: 100, rowHeight: 28, viewportHeight: 500 };
/** A million tiles, two in a row: far taller than an element can be. */
const TALL = { rowCount: 500_000, rowHeight: 300, viewportHeight: 700 };
const TALL_END = TALL.rowCount * TALL.rowHeight - TALL.viewportHeight;

describe('a list that fits', () => {
  it('is as tall as its rows and scrolls one to one', () => {
    expect(contentHeight(SHORT)).toBe(2800);
    expect(afterScroll({ scrollTop: 0, rowsTop: 0 }, 120, SHORT)).toEqual({
      scrollTop: 120,
      rowsTop: 120,
    });
  });

  it('draws the rows on screen and the overscan within its ends', () => {
    expect(visibleRows(0, SHORT, 3)).toEqual({ first: 0, last: 20 });
    expect(visibleRows(2300, SHORT, 3)).toEqual({ first: 79, last: 99 });
    expect(visibleRows(0, { ...SHORT, rowCount: 0 }, 3)).toBeNull();
  });

  it('scrolls as little as is needed to show a row', () => {
    expect(rowsTopToShow(5, 0, SHORT, 0)).toBe(0);
    expect(rowsTopToShow(20, 0, SHORT, 0)).toBe(21 * 28 - 500);
    expect(rowsTopToShow(5, 1000, SHORT, 0)).toBe(140);
  });
});

describe('a list taller than a browser allows', () => {
  it('is laid out within the limit', () => {
    expect(contentHeight(TALL)).toBe(MAX_CONTENT_HEIGHT);
  });

  it('moves pixel by pixel for a small movement', () => {
    const middle = atRows(70_000_000, TALL);
    const after = afterScroll(middle, middle.scrollTop + 100, TALL);
    expect(after.rowsTop).toBe(70_000_100);
  });

  it('goes to the same fraction of the rows when the thumb is dragged', () => {
    const end = MAX_CONTENT_HEIGHT - TALL.viewportHeight;
    expect(afterScroll({ scrollTop: 0, rowsTop: 0 }, end, TALL).rowsTop).toBe(TALL_END);
    const half = afterScroll({ scrollTop: 0, rowsTop: 0 }, end / 2, TALL);
    expect(half.rowsTop).toBeCloseTo(TALL_END / 2, 0);
  });

  it('never leaves its rows, however it is scrolled, and settles where it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: MAX_CONTENT_HEIGHT })), (scrollTops) => {
        let position = { scrollTop: 0, rowsTop: 0 };
        for (const scrollTop of scrollTops) {
          position = afterScroll(position, scrollTop, TALL);
          expect(position.rowsTop).toBeGreaterThanOrEqual(0);
          expect(position.rowsTop).toBeLessThanOrEqual(TALL_END);
          expect(atRows(position.rowsTop, TALL).rowsTop).toBe(position.rowsTop);
        }
      }),
    );
  });
});
