import type { VitrineApp } from '../../fixtures/vitrine-app';
import { framesOfScrolling } from './frames';

declare global {
  interface Window {
    /** Posters that the page has loaded since it counts. */
    benchPosters: number;
  }
}

/** What was seen while the grid was scrolled. */
export interface ScrolledGrid {
  /** Frame times in milliseconds. */
  frames: number[];
  /** Videos that got a preview meanwhile. */
  arrived: number;
  /** Posters that the page loaded meanwhile. */
  posters: number;
}

/** Scrolls on while nothing is made. */
export async function scrollQuietly(app: VitrineApp, seconds: number): Promise<ScrolledGrid> {
  const before = await countPosters(app);
  const frames = await framesOfScrolling(app.page, seconds);
  return { frames, arrived: 0, posters: (await countPosters(app)) - before };
}

/** Scrolls on while previews are made with all of the machine; they are stopped in the end. */
export async function scrollWhileMaking(app: VitrineApp, seconds: number): Promise<ScrolledGrid> {
  const { jobId } = await app.ask('previews.start', {});
  if (jobId === null) throw new Error('No previews are missing.');
  const done = async () => (await app.ask('jobs.get', { jobId })).done;
  await app.waitFor(async () => (await done()) > 0 || undefined);
  const doneBefore = await done();
  const before = await countPosters(app);
  const frames = await framesOfScrolling(app.page, seconds);
  const arrived = (await done()) - doneBefore;
  const posters = (await countPosters(app)) - before;
  await app.ask('jobs.cancel', { jobId });
  const { state } = await app.jobEnd(jobId);
  if (state !== 'cancelled') throw new Error('Making previews was over before the scrolling.');
  return { frames, arrived, posters };
}

/** Counts from the first call on. */
function countPosters(app: VitrineApp): Promise<number> {
  return app.page.evaluate(() => {
    if (window.benchPosters === undefined) {
      window.benchPosters = 0;
      const onLoad = ({ target }: Event) => {
        if (target instanceof HTMLImageElement) window.benchPosters += 1;
      };
      document.addEventListener('load', onLoad, { capture: true });
    }
    return window.benchPosters;
  });
}
