import { randomUUID } from 'node:crypto';
import type { BrowserWindow } from 'electron';
import type { userDataChannels } from '../../shared/user-data-channels';
import type { Engine } from '../engine';
import { chooseFile, saveAs } from '../user-data/choose-file';
import { userDataText } from '../user-data/user-data-text';
import type { ContractHandlers } from './gate';

/** What main does for tags, collections, ratings and notes. */
export function userDataHandlers(
  engine: Engine,
  window: () => BrowserWindow | null,
): Pick<ContractHandlers, keyof typeof userDataChannels> {
  return {
    // By its name an edit is known to a library process that takes the place of one that died under the call.
    'userData.edit': ({ command }) =>
      engine.ask('editUserData', { request: randomUUID(), command }),
    'userData.common': (request) => engine.ask('commonUserData', request),
    'userData.export': async () => {
      const now = new Date();
      const name = `Vitrine ${now.toISOString().slice(0, 10)}.json`;
      return { path: await saveAs(window(), name, () => userDataText(engine, now)) };
    },
    'userData.import': async () => {
      const path = await chooseFile(window());
      if (path === null) return { imported: null };
      return { imported: await engine.ask('importUserData', { request: randomUUID(), path }) };
    },
    'tags.list': async () => ({ tags: await engine.ask('listTags', null) }),
    'collections.list': async () => ({ collections: await engine.ask('listCollections', null) }),
    'history.get': () => engine.ask('editHistory', null),
    'history.undo': (request) => engine.ask('undoEdit', request),
    'history.redo': (request) => engine.ask('redoEdit', request),
  };
}
