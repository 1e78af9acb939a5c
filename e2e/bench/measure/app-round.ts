import { createWorkplace, VitrineApp } from '../../fixtures/vitrine-app';
import type { Corpus } from '../corpora/corpus';
import { followScan } from './app-scan';
import { librarySize } from './library-size';
import { type Milestones, milestonesOf } from './milestones';
import { type Usage, usageBetween, usageOf } from './process-usage';

const POLL_MS = 10;

/** What the app needed for a corpus that it did not know. */
export interface AppRound extends Milestones {
  /** From the moment the scan was asked for. */
  usage: Usage[];
  unreadable: number;
  /** Bytes of the database once the app has ended. */
  libraryBytes: number;
}

/** Starts the app on an empty library, lets it scan a corpus with its window open, and ends it. */
export async function scanWithApp(corpus: Corpus): Promise<AppRound> {
  const place = createWorkplace();
  try {
    const app = await VitrineApp.launch(place, { checkResponses: false });
    await app.grant(corpus.folder);
    const before = await usageOf(app.electron);
    const { samples, result } = await followScan(app.page, corpus.folder, POLL_MS);
    const usage = usageBetween(before, await usageOf(app.electron));
    await app.close();
    // Hard links to the same clip must not be taken for one video.
    if (result.added !== corpus.count) {
      throw new Error(`Of ${corpus.count} files, ${result.added} became rows.`);
    }
    return {
      ...milestonesOf(samples),
      usage,
      unreadable: result.unreadable,
      libraryBytes: librarySize(place.library).database,
    };
  } finally {
    place.dispose();
  }
}
