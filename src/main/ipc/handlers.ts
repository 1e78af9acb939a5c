import { app, type BrowserWindow, dialog, shell } from 'electron';
import type { EventName, EventPayload, Response } from '../../shared/contract';
import { VitrineError } from '../../shared/errors';
import type { Engine } from '../engine';
import type { Playbacks } from '../playback/playbacks';
import type { Previews } from '../previews/create-previews';
import { copyProblemReport } from '../problems/copy-report';
import type { WatchService } from '../watch/watch-service';
import type { FolderGrants } from './folder-grants';
import type { ContractHandlers } from './gate';
import { savedFilterHandlers } from './saved-filter-handlers';
import { userDataHandlers } from './user-data-handlers';

export interface HandlerContext {
  engine: Engine;
  watch: WatchService;
  previews: Previews;
  playbacks: Playbacks;
  grants: FolderGrants;
  libraryPath: string;
  window(): BrowserWindow | null;
  /** Tells the page. */
  send<E extends EventName>(event: E, payload: EventPayload<E>): void;
}

/** What main does for each channel of the contract. */
export function createHandlers({
  engine,
  watch,
  previews,
  playbacks,
  grants,
  libraryPath,
  window,
  send,
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
    'verify.start': (target) => engine.queue.submit('submitVerify', target),
    'previews.start': async () => {
      const submitted = await engine.queue.submitPreviews({});
      return { jobId: submitted?.jobId ?? null };
    },
    'previews.filmstrip': (request) => engine.ask('getFilmstrip', request),
    'previews.remake': async ({ ids }) => {
      await engine.ask('remakePreviews', { videoIds: ids });
      await engine.queue.submitPreviews({ priority: 'high' });
      return {};
    },
    'previews.setPoster': async (request) => {
      await engine.ask('setPoster', request);
      await engine.queue.submitPreviews({ priority: 'high' });
      return {};
    },
    'previews.cache': () => engine.ask('previewCache', null),
    'previews.clear': async () => {
      await engine.ask('clearPreviews', null);
      previews.cleared();
      return {};
    },
    'player.savePosition': async (request) => {
      await engine.ask('savePosition', request);
      return {};
    },
    'problems.retry': (selection) => engine.queue.retryProblems(selection),
    'problems.dismiss': async (selection) => {
      await engine.ask('dismissProblems', selection);
      return {};
    },
    'problems.copyReport': async (selection) => {
      await copyProblemReport(engine, selection);
      return {};
    },
    'backups.list': async () => ({ backups: await engine.listBackups() }),
    'backups.restore': async ({ backupId }) => {
      await engine.restoreBackup(backupId);
      return {};
    },
    'watch.status': () => watch.status,

    'videos.page': (request) => engine.ask('pageVideos', request),
    'videos.facets': (request) => engine.ask('facetVideos', request),
    'query.complete': (request) => engine.ask('completeQuery', request),
    ...savedFilterHandlers(engine, send),
    'videos.get': (request) => engine.ask('getVideo', request),
    'videos.readFirst': async ({ ids }) => {
      await engine.ask('readFirst', { videoIds: ids });
      previews.shown();
      return {};
    },
    'problems.list': (request) => engine.ask('listProblems', request),
    'settings.get': () => engine.ask('getSettings', null),
    'settings.change': async (change) => {
      const kept = await engine.ask('changeSettings', change);
      // It may allow more jobs on a drive.
      engine.queue.wake();
      watch.settingsChanged(kept);
      previews.settingsChanged(kept);
      send('settings.onChange', kept);
      return kept;
    },
    'videos.reveal': async ({ id }) => {
      const { path } = await engine.ask('getVideo', { id });
      shell.showItemInFolder(path);
      return {};
    },
    'videos.openExternally': async ({ id }) => {
      const { path } = await engine.ask('getVideo', { id });
      const failure = await shell.openPath(path);
      if (failure !== '') throw new VitrineError('INTERNAL', failure, { path });
      return {};
    },

    ...userDataHandlers(engine, window),

    'player.open': (request) => playbacks.open(request),
    'player.close': ({ playbackId }) => {
      playbacks.close(playbackId);
      return {};
    },
  };
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
