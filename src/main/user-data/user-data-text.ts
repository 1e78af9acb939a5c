import { USER_DATA_FORMAT, USER_DATA_VERSION } from '../../shared/user-data-file';
import type { Engine } from '../engine';

const PAGE_SIZE = 500;

/** All that the person said of videos, in parts of the text that `UserDataFile` describes, a video a line. */
export async function* userDataText(
  library: Pick<Engine, 'ask'>,
  now: Date,
): AsyncGenerator<string> {
  const tags = (await library.ask('listTags', null)).map(({ name, colour }) => ({ name, colour }));
  const collections = (await library.ask('listCollections', null)).map(({ name }) => ({ name }));
  const head = {
    format: USER_DATA_FORMAT,
    version: USER_DATA_VERSION,
    exportedAt: now.toISOString(),
    tags,
    collections,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"videos":[`;
  let separator = '\n';
  let after: number | null = null;
  do {
    const page: { entries: unknown[]; next: number | null } = await library.ask('pageUserData', {
      after,
      limit: PAGE_SIZE,
    });
    for (const entry of page.entries) {
      yield separator + JSON.stringify(entry);
      separator = ',\n';
    }
    after = page.next;
  } while (after !== null);
  yield '\n]}\n';
}
