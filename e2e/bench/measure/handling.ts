import type { Page } from 'playwright';
import { framesOfScrolling, framesOfTyping } from './frames';

/** Frame times while a person uses the window, in milliseconds. */
export interface Handling {
  scrolling: number[];
  typing: number[];
}

/** Scrolls through the grid, then types searches, so many seconds each. */
export async function handle(page: Page, seconds: number): Promise<Handling> {
  await page.getByTestId('video-tile').first().waitFor();
  return {
    scrolling: await framesOfScrolling(page, seconds),
    typing: await framesOfTyping(page, seconds),
  };
}
