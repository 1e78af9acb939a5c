import type { Page } from 'playwright';
import { createWorkplace, VitrineApp } from '../../fixtures/vitrine-app';
import type { Corpus } from '../corpora/corpus';
import { type Usage, usageBetween, usageOf } from './process-usage';

const POLL_MS = 100;

/** What the app needed for the previews of a folder that it had scanned. */
export interface PreviewRound {
  /** From the start of the job to its end. */
  seconds: number;
  /** From the start of the job until every video had a poster. */
  posterSeconds: number;
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
    const times = await makePreviews(app);
    const usage = usageBetween(before, await usageOf(app.electron));
    const { bytes, count: made } = await app.ask('previews.cache', {});
    await app.close();
    if (made !== count) throw new Error(`Of ${count} videos, ${made} have a preview.`);
    return { ...times, usage, cacheBytes: bytes };
  } finally {
    place.dispose();
  }
}

/** Has all previews made, with all of the machine, in the order in which they are made that nobody looks at. */
export async function makePreviews(
  app: VitrineApp,
): Promise<Pick<PreviewRound, 'seconds' | 'posterSeconds'>> {
  await app.ask('settings.change', { previewShare: 'high' });
  await app.ask('videos.readFirst', { ids: [] });
  const { jobId } = await app.ask('previews.start', {});
  if (jobId === null) throw new Error('No previews are missing.');
  return untilEnd(app.page, jobId);
}

/** Asks in the page, and seldom: nothing waits for the bench meanwhile. */
function untilEnd(
  page: Page,
  jobId: string,
): Promise<Pick<PreviewRound, 'seconds' | 'posterSeconds'>> {
  return page.evaluate(
    async ([id, interval]) => {
      let posterSeconds: number | null = null;
      for (;;) {
        const answer = await window.vitrine.jobs.get({ jobId: id });
        if (!answer.ok) throw new Error(answer.error.message);
        const { state, phase, startedAt, finishedAt } = answer.value;
        if (phase === 'filmstrips' && startedAt !== null) {
          posterSeconds ??= (Date.now() - startedAt) / 1000;
        }
        if (state === 'failed' || state === 'cancelled') throw new Error(`The job ${state}.`);
        if (startedAt !== null && finishedAt !== null) {
          const seconds = (finishedAt - startedAt) / 1000;
          return { seconds, posterSeconds: posterSeconds ?? seconds };
        }
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
    },
    [jobId, POLL_MS] as const,
  );
}
