import type { Page } from 'playwright';

declare global {
  interface Window {
    /** Ends the recording that runs and answers the milliseconds from each frame to the next. */
    benchFrames: () => number[];
  }
}

const WHEEL_INTERVAL_MS = 40;
const WHEEL_PIXELS = 240;
const KEY_INTERVAL_MS = 90;
const WORDS = ['clip', 'card 0', 'folder', '2001', 'clip 00', 'mp4'];

/** Frame times while a person scrolls through the grid, in milliseconds. */
export function framesOfScrolling(page: Page, seconds: number): Promise<number[]> {
  return framesDuring(page, async () => {
    const grid = page.getByRole('listbox', { name: 'Videos' });
    const box = await grid.boundingBox();
    if (!box) throw new Error('No videos are shown.');
    const place = () => grid.evaluate((element) => element.scrollTop);
    const before = await place();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      await page.mouse.wheel(0, WHEEL_PIXELS);
      await page.waitForTimeout(WHEEL_INTERVAL_MS);
    }
    if ((await place()) === before) throw new Error('Nothing was scrolled.');
  });
}

/** Frame times while a person types searches, takes them back and types others, in milliseconds. */
export function framesOfTyping(page: Page, seconds: number): Promise<number[]> {
  return framesDuring(page, async () => {
    const field = page.getByLabel('Search videos');
    const end = performance.now() + seconds * 1000;
    for (let round = 0; performance.now() < end; round += 1) {
      await field.pressSequentially(WORDS[round % WORDS.length] as string, {
        delay: KEY_INTERVAL_MS,
      });
      await field.fill('');
    }
  });
}

async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last: number | null = null;
    let running = true;
    const onFrame = (now: number) => {
      if (last !== null) times.push(now - last);
      last = now;
      if (running) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    window.benchFrames = () => {
      running = false;
      return times;
    };
  });
  await work();
  return page.evaluate(() => window.benchFrames());
}
