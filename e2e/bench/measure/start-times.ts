import type { ElectronApplication } from 'playwright';

declare global {
  interface Window {
    /** Milliseconds since epoch; absent until the content has been painted. */
    benchPaintedAt?: number;
  }
  // In the main process of an app that is measured. Milliseconds since epoch.
  var benchShownAt: number | undefined;
}

/**
 * Milliseconds from the start of an app's main process until its window is shown and has painted what the selector
 * finds, whichever comes last.
 * @param launch starts the app; the app is ended afterwards
 */
export async function startTime(
  launch: () => Promise<ElectronApplication>,
  selector: string,
): Promise<number> {
  const electron = await launch();
  try {
    await Promise.all([
      electron.context().addInitScript(watchPaint, selector),
      electron.evaluate(watchWindow),
    ]);
    const page = await electron.firstWindow();
    await page.waitForFunction(() => window.benchPaintedAt !== undefined);
    const paintedAt = await page.evaluate(() => window.benchPaintedAt as number);
    const main = await electron.evaluate(() => ({
      createdAt: process.getCreationTime(),
      shownAt: globalThis.benchShownAt,
    }));
    if (main.createdAt === null || main.shownAt === undefined) {
      throw new Error('The window was shown before the bench could look.');
    }
    return Math.max(paintedAt, main.shownAt) - main.createdAt;
  } finally {
    await electron.close();
  }
}

/** Runs in the page before its own code. */
function watchPaint(selector: string): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    // A task after a frame's callbacks runs once the frame was painted.
    requestAnimationFrame(() =>
      setTimeout(() => {
        window.benchPaintedAt = performance.timeOrigin + performance.now();
      }),
    );
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in the main process. */
function watchWindow({ app, BrowserWindow }: typeof Electron.CrossProcessExports): void {
  const watch = (window: Electron.BrowserWindow) =>
    window.once('show', () => {
      globalThis.benchShownAt ??= Date.now();
    });
  BrowserWindow.getAllWindows()
    .filter((window) => !window.isVisible())
    .forEach(watch);
  app.on('browser-window-created', (_event, window) => watch(window));
}
