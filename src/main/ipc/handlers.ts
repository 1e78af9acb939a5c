import { app, type BrowserWindow, dialog, shell } from 'electron';
import type { Response } from '../../shared/contract';
import { VitrineError } from '../../shared/errors';
import type { Engine } from '../engine';
import type { FolderGrants } from './folder-grants';
import type { ContractHandlers } from './gate';

export interface HandlerContext {
  engine: Engine;
  grants: FolderGrants;
  libraryPath: string;
  window(): BrowserWindow | null;
}

/** What main does for each channel of the contract. */
export function createHandlers({
  engine,
  grants,
  libraryPath,
  window,
}: HandlerContext): ContractHandlers {
  return {
    'app.info': () => ({
      version: app.getVersion(),
      platform: process.platform as Response<'app.info'>['platform'],
      electron: process.versions.electron,
      libraryPath,
    }),
    'library.status': () => engine.status,
    'library.retry': () => {
      // The outcome is told by library.onStatus; a failure is kept as the status.
      engine.start().catch(() => undefined);
      return {};
    },
    'library.summary': () => engine.ask('summary', null),

    'roots.choose': () => chooseFolders(window(), grants),
    'roots.remove': async ({ rootId }) => {
      await engine.queue.removeRoot(rootId);
      return {};
    },

    'scan.start': async (request) => {
      if ('rootId' in request) {
        const { rootId, acceptMissing } = request;
        return engine.queue.submit('submitScan', {
          rootId,
          ...(acceptMissing && { acceptMissing }),
        });
      }
      if (grants.has(request.path)) return engine.queue.submit('submitScan', request);
      const root = await engine.ask('findRootByPath', request);
      if (!root) {
        throw new VitrineError(
          'PATH_NOT_ALLOWED',
          'A new folder must be chosen in the dialog or dropped.',
          {
            path: request.path,
          },
        );
      }
      return engine.queue.submit('submitScan', root);
    },
    'jobs.get': ({ jobId }) => engine.queue.get(jobId),
    'jobs.list': async ({ limit }) => ({ jobs: await engine.queue.list(limit) }),
    'jobs.cancel': ({ jobId }) => engine.queue.cancel(jobId),
    'jobs.pause': ({ jobId }) => engine.queue.pause(jobId),
    'jobs.resume': ({ jobId }) => engine.queue.resume(jobId),
    'jobs.retry': ({ jobId }) => engine.queue.retry(jobId),
    'jobs.setPriority': ({ jobId, priority }) => engine.queue.setPriority(jobId, priority),
    'verify.start': notYet,
    'problems.retry': notYet,
    'problems.dismiss': notYet,
    'problems.copyReport': notYet,
    'backups.list': notYet,
    'backups.restore': notYet,
    'watch.status': notYet,

    'videos.page': (request) => engine.ask('pageVideos', request),
    'videos.get': (request) => engine.ask('getVideo', request),
    'problems.list': (request) => engine.ask('listProblems', request),
    'settings.get': () => engine.ask('getSettings', null),
    'settings.set': async (settings) => {
      const kept = await engine.ask('setSettings', settings);
      // It may allow more jobs on a drive.
      engine.queue.wake();
      return kept;
    },
    'videos.reveal': async ({ id }) => {
      const { path } = await engine.ask('getVideo', { id });
      shell.showItemInFolder(path);
      return {};
    },
  };
}

function notYet(): never {
  throw new VitrineError('INTERNAL', 'Not yet.');
}

async function chooseFolders(
  window: BrowserWindow | null,
  grants: FolderGrants,
): Promise<{ paths: string[] }> {
  const options: Electron.OpenDialogOptions = {
    title: 'Add folders',
    buttonLabel: 'Add',
    properties: ['openDirectory', 'multiSelections'],
  };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return { paths: await Promise.all(filePaths.map((path) => grants.grant(path))) };
}
