import { randomUUID } from 'node:crypto';
import type { userDataChannels } from '../../shared/user-data-channels';
import type { Engine } from '../engine';
import type { ContractHandlers } from './gate';

/** What main does for tags, collections, ratings and notes. */
export function userDataHandlers(
  engine: Engine,
): Pick<ContractHandlers, keyof typeof userDataChannels> {
  return {
    // By its name an edit is known to a library process that takes the place of one that died under the call.
    'userData.edit': ({ command }) =>
      engine.ask('editUserData', { request: randomUUID(), command }),
    'userData.common': (request) => engine.ask('commonUserData', request),
    'tags.list': async () => ({ tags: await engine.ask('listTags', null) }),
    'collections.list': async () => ({ collections: await engine.ask('listCollections', null) }),
    'history.get': () => engine.ask('editHistory', null),
    'history.undo': (request) => engine.ask('undoEdit', request),
    'history.redo': (request) => engine.ask('redoEdit', request),
  };
}
