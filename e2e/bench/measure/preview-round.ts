import type { Page } from 'playwright';
import { createWorkplace, VitrineApp } from '../../fixtures/vitrine-app';
import type { Corpus } from '../corpora/corpus';
import { type Usage, usageBetween, usageOf } from './process-usage';

const POLL_MS = 250;

/** What the app needed for the previews of a folder that it had scanned. */
export interface PreviewRound {
  /** From the start of the job to its end. */
  seconds: number;
  /** From the call that asks for previews. */
  usage: Usage[];
  /** Bytes of the images. */
  cacheBytes: number;
}

/** Starts the app on an empty library, lets it scan a folder and then make all previews with its window open. */
export async function previewWithApp({ folder, count }: Corpus): Promise<PreviewRound> {
  const place = createWorkplace();
  try {
    const app = await VitrineApp.launch(place, { checkResponses: false });
    await app.scanned(folder);
    const before = await usageOf(app.electron);
    const seconds = await makePreviews(app);
    const usage = usageBetween(before, await usageOf(app.electron));
    const { bytes, count: made } = await app.ask('previews.cache', {});
    await app.close();
    if (made !== count) throw new Error(`Of ${count} videos, ${made} have a preview.`);
    return { seconds, usage, cacheBytes: bytes };
  } finally {
    place.dispose();
  }
}

/** Has all previews made, with all of the machine. @returns how long the job ran, in seconds */
export async function makePreviews(app: VitrineApp): Promise<number> {
  await app.ask('settings.change', { previewShare: 'high' });
  const { jobId } = await app.ask('previews.start', {});
  if (jobId === null) throw new Error('No previews are missing.');
  return untilEnd(app.page, jobId);
}

/** Asks in the page, and seldom: nothing waits for the bench meanwhile. */
function untilEnd(page: Page, jobId: string): Promise<number> {
  return page.evaluate(
    async ([id, interval]) => {
      for (;;) {
        const answer = await window.vitrine.jobs.get({ jobId: id });
        if (!answer.ok) throw new Error(answer.error.message);
        const { state, startedAt, finishedAt } = answer.value;
        if (state === 'failed' || state === 'cancelled') throw new Error(`The job ${state}.`);
        if (startedAt !== null && finishedAt !== null) return (finishedAt - startedAt) / 1000;
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
    },
    [jobId, POLL_MS] as const,
  );
}
