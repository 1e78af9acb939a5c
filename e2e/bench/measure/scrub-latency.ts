import type { Locator, Page } from 'playwright';

declare global {
  interface Window {
    /** Milliseconds from the next movement of the pointer until what it led to is painted. */
    benchLatency: Promise<number>;
  }
}

/** What a movement leads to: another picture of a filmstrip, or just the next frame of the page. */
type Effect = 'picture' | 'frame';

const LOST_MS = 10_000;
/** Coprime to what most filmstrips have of pictures: each movement shows another one, and all come in turn. */
const STEP = 7;
/** From the top of a picture, in CSS pixels: over the picture in tiles of any size. */
const TOP = 40;

/** Takes the pointer from where nothing is scrubbed onto a picture; answers milliseconds. */
export async function latencyOfEntering(picture: Locator): Promise<number> {
  const page = picture.page();
  await page.mouse.move(5, 5);
  await page.getByTestId('scrub').waitFor({ state: 'detached' });
  const box = await boxOf(picture);
  return latencyOf(page, 'picture', box.x + box.width / 2, box.y + TOP);
}

/** Moves the pointer over a picture whose filmstrip is decoded; answers the milliseconds of each movement. */
export async function latenciesOfScrubbing(
  picture: Locator,
  { pictures, moves }: { pictures: number; moves: number },
): Promise<number[]> {
  await latencyOfEntering(picture);
  const { x, y, width } = await boxOf(picture);
  const middle = Math.floor(pictures / 2);
  const times: number[] = [];
  for (let move = 1; move <= moves; move += 1) {
    const shown = (middle + move * STEP) % pictures;
    const at = x + (width * (shown + 0.5)) / pictures;
    times.push(await latencyOf(picture.page(), 'picture', at, y + TOP));
  }
  return times;
}

/** Moves the pointer where nothing is drawn for it; answers the milliseconds from each movement to the next frame. */
export async function latenciesOfFrames(page: Page, moves: number): Promise<number[]> {
  const times: number[] = [];
  for (let move = 1; move <= moves; move += 1) {
    times.push(await latencyOf(page, 'frame', 5 + (move % 2), 5));
  }
  return times;
}

/** In the page: from the time stamp of the event to a task behind the frame in which its effect was painted. */
async function latencyOf(page: Page, effect: Effect, x: number, y: number): Promise<number> {
  await page.evaluate(
    ([awaited, lostMs]) => {
      window.benchLatency = new Promise((resolve, reject) => {
        let movedAt: number | null = null;
        const behindFrame = new MessageChannel();
        behindFrame.port1.onmessage = () => resolve(performance.now() - (movedAt ?? 0));
        const painted = () => behindFrame.port2.postMessage(null);
        const observer = new MutationObserver(() => {
          if (movedAt === null) return;
          observer.disconnect();
          painted();
        });
        const onMove = ({ timeStamp }: Event) => {
          movedAt = timeStamp;
          if (awaited === 'frame') requestAnimationFrame(painted);
        };
        window.addEventListener('pointermove', onMove, { capture: true, once: true });
        if (awaited === 'picture') {
          const attributeFilter = ['data-frame'];
          observer.observe(document.body, { subtree: true, attributes: true, attributeFilter });
        }
        setTimeout(() => reject(new Error('Nothing was painted.')), lostMs);
      });
    },
    [effect, LOST_MS] as const,
  );
  await page.mouse.move(x, y);
  return page.evaluate(() => window.benchLatency);
}

async function boxOf(picture: Locator) {
  const box = await picture.boundingBox();
  if (!box) throw new Error('No picture is shown.');
  return box;
}
