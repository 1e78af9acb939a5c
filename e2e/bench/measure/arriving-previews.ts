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

/** Lets so many previews be made. */
export async function makeSome(app: VitrineApp, count: number): Promise<void> {
  const jobId = await startMaking(app);
  await app.waitFor(async () => (await app.ask('previews.cache', {})).count >= count || undefined);
  await stopMaking(app, jobId);
}

/** Scrolls on while nothing is made. */
export async function scrollQuietly(app: VitrineApp, seconds: number): Promise<ScrolledGrid> {
  const before = await countPosters(app);
  const frames = await framesOfScrolling(app.page, seconds);
  return { frames, arrived: 0, posters: (await countPosters(app)) - before };
}

/** Scrolls on while previews are made with all of the machine; they are stopped in the end. */
export async function scrollWhileMaking(app: VitrineApp, seconds: number): Promise<ScrolledGrid> {
  const jobId = await startMaking(app);
  const done = async () => (await app.ask('jobs.get', { jobId })).done;
  await app.waitFor(async () => (await done()) > 0 || undefined);
  const doneBefore = await done();
  const before = await countPosters(app);
  const frames = await framesOfScrolling(app.page, seconds);
  const arrived = (await done()) - doneBefore;
  const posters = (await countPosters(app)) - before;
  await stopMaking(app, jobId);
  return { frames, arrived, posters };
}

async function startMaking(app: VitrineApp): Promise<string> {
  const { jobId } = await app.ask('previews.start', {});
  if (jobId === null) throw new Error('No previews are missing.');
  return jobId;
}

async function stopMaking(app: VitrineApp, jobId: string): Promise<void> {
  const { state } = await app.ask('jobs.cancel', { jobId });
  if (state !== 'cancelled') throw new Error('Nothing was left to be made.');
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
