// Loaded into the main process of an Electron app before the app itself (`electron -r`), so that its start can be
// watched without a change of the app: says on standard output when its first window was shown and when that had
// painted what BENCH_CONTENT selects, in milliseconds since epoch, and ends the app.
const { app } = require('electron');

// The app must not take this for its own arguments.
process.argv.splice(process.argv.indexOf('-r'), 2);

/** Runs in the page. @param {string} selector */
function paintTime(selector) {
  return new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      // A task after a frame's callbacks runs once the frame was painted.
      requestAnimationFrame(() =>
        setTimeout(() => resolve(performance.timeOrigin + performance.now())),
      );
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
    look();
  });
}

app.once('browser-window-created', (_event, window) => {
  const shown = new Promise((resolve) => window.once('show', () => resolve(Date.now())));
  const script = `(${paintTime})(${JSON.stringify(process.env.BENCH_CONTENT)})`;
  const painted = new Promise((resolve, reject) =>
    window.webContents.once('dom-ready', () =>
      window.webContents.executeJavaScript(script).then(resolve, reject),
    ),
  );
  Promise.all([shown, painted]).then((times) => {
    process.stdout.write(`${JSON.stringify(times)}\n`, () => app.quit());
  });
});
