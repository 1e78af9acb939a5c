import { resolve } from 'node:path';
import { app, type BrowserWindow, powerMonitor, session } from 'electron';
import type { EventName, EventPayload } from '../shared/contract';
import { toErrorShape } from '../shared/errors';
import type { MenuCommand } from '../shared/menu-commands';
import { parseLaunch } from './arguments';
import { Engine } from './engine';
import { listenForHandoff } from './handoff/handoff-server';
import { hardenSession } from './hardening';
import { HistoryMenu } from './history-menu';
import { FolderGrants } from './ipc/folder-grants';
import { isTrustedSender } from './ipc/gate';
import { createHandlers } from './ipc/handlers';
import { registerIpc, sendEvent } from './ipc/register';
import { installMenu } from './menu';
import { Playbacks } from './playback/playbacks';
import { servePlaybacks } from './playback/serve-playback';
import { createPreviews } from './previews/create-previews';
import { serveMedia, serveRenderer } from './protocols';
import { createWatchService } from './watch/create-watch-service';
import { createWindow } from './window';

export interface WindowLaunch {
  libraryPath: string;
  /** Folders named on the command line: added and scanned. */
  folders: string[];
}

/** The app with its window. */
export function runWindow({ libraryPath, folders }: WindowLaunch): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  let window: BrowserWindow | null = null;
  const ownWindows = new Set<number>();
  const grants = new FolderGrants();
  const send = <E extends EventName>(event: E, payload: EventPayload<E>) => {
    if (window) sendEvent(window.webContents, event, payload);
  };
  let isMediaUp = false;
  const startWatching = () => {
    if (isMediaUp && engine.status.state === 'open') void watch.start();
  };
  const engine = new Engine({
    libraryPath,
    mode: 'write',
    onJobUpdate: (status) => {
      send('jobs.onUpdate', status);
      handoff.announce(status);
      watch.jobUpdated(status);
      previews.jobUpdated(status);
    },
    onLibraryChange: () => {
      send('library.onChange', {});
      watch.libraryChanged();
    },
    onHistory: (history) => {
      send('history.onChange', history);
      historyMenu.show(history);
    },
    onStatus: ({ state }) => {
      if (state === 'open') {
        // Only now is the library's lock ours, at the first try or a later one.
        handoff.open();
        startWatching();
        previews.opened();
        // The menu can do without.
        engine.ask('editHistory', null).then(
          (history) => historyMenu.show(history),
          () => undefined,
        );
      }
      send('library.onStatus', {});
    },
    claimable: (settings) => previews.claimable(settings),
    watching: {
      mediaStarted: () => {
        if (isMediaUp) return watch.mediaStarted();
        isMediaUp = true;
        startWatching();
      },
      rootChanged: (rootId) => watch.rootChanged(rootId),
      watchEnded: (rootId, reason) => watch.watchEnded(rootId, reason),
      beforeScan: (rootId) => watch.beforeScan(rootId),
    },
  });
  const sendCommand = (command: MenuCommand) => send('app.onCommand', { command });
  const historyMenu = new HistoryMenu((history) => installMenu(sendCommand, history));
  const playbacks = new Playbacks(engine);
  const watch = createWatchService(engine, (status) => {
    send('watch.onChange', status);
    previews.foldersChanged(status);
  });
  const previews = createPreviews(engine, libraryPath);
  const handoff = listenForHandoff(
    libraryPath,
    { queue: engine.queue, ask: (name, request) => engine.ask(name, request) },
    grants,
  );

  const openWindow = () => {
    window = createWindow();
    const { id } = window.webContents;
    ownWindows.add(id);
    // What plays belongs to the page: it ends when that is left, loaded anew, or dies.
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) playbacks.closeAll();
    });
    window.webContents.on('render-process-gone', () => playbacks.closeAll());
    window.on('closed', () => {
      playbacks.closeAll();
      ownWindows.delete(id);
      window = null;
    });
  };
  const addFolders = async (paths: readonly string[]) => {
    for (const path of paths) {
      try {
        await engine.queue.submit('submitScan', { path: await grants.grant(path) });
      } catch (thrown) {
        console.error(`${path}:`, toErrorShape(thrown).message);
      }
    }
  };

  app.on('second-instance', (_event, argv, folder) => {
    if (!window) openWindow();
    else if (window.isMinimized()) window.restore();
    window?.focus();
    const again = parseLaunch(argv, process.defaultApp === true);
    if (again.mode === 'window')
      void addFolders(again.folders.map((path) => resolve(folder, path)));
  });
  app.on('activate', () => {
    if (!window) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  quitGracefully(async () => {
    handoff.close();
    watch.stop();
    await previews.stop();
    await engine.stop();
  });

  void app.whenReady().then(async () => {
    hardenSession(session.defaultSession);
    serveRenderer();
    serveMedia({
      preview: (request) => previews.respond(request),
      play: servePlaybacks(playbacks),
    });
    installMenu(sendCommand);
    registerIpc({
      grants,
      handlers: createHandlers({
        ...{ engine, watch, previews, playbacks, grants, libraryPath, send },
        window: () => window,
      }),
      isTrusted: (sender) => isTrustedSender(sender, ownWindows),
      checkResponses: process.env['VITRINE_CHECK_RESPONSES'] === '1',
    });
    powerMonitor.on('resume', () => engine.queue.checkWaiting());
    powerMonitor.on('resume', () => watch.woke());
    previews.start();
    // The library takes longer than the window.
    const started = engine.start();
    openWindow();
    try {
      await started;
      await addFolders(folders);
    } catch (thrown) {
      // The page shows why, and offers to try again.
      console.error('The library did not open:', toErrorShape(thrown).message);
    }
  });
}

/** Lets `stop` finish before the app ends, once. */
function quitGracefully(stop: () => Promise<void>): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    stop()
      .catch((thrown) => console.error('Stopping failed:', toErrorShape(thrown).message))
      // Not before this event is over: until then Electron takes no other wish to quit.
      .finally(() => setImmediate(() => app.quit()));
  });
}
