/** How the app was started. */
export type Launch =
  | { mode: 'window'; libraryPath: string | null; folders: string[] }
  | { mode: 'cli'; arguments: string[] };

/**
 * Reads the command line.
 *
 * @param argv `process.argv`; its first element is the executable
 * @param defaultApp whether Electron was started with the app's folder as an argument (development)
 */
export function parseLaunch(argv: readonly string[], defaultApp: boolean): Launch {
  const own = argv.slice(1);
  if (defaultApp) {
    const appFolder = own.findIndex((argument) => !argument.startsWith('-'));
    if (appFolder >= 0) own.splice(appFolder, 1);
  }
  const cli = own.indexOf('--cli');
  if (cli >= 0) return { mode: 'cli', arguments: own.slice(cli + 1) };

  const folders: string[] = [];
  let libraryPath: string | null = null;
  for (let index = 0; index < own.length; index++) {
    const argument = own[index] ?? '';
    if (argument.startsWith('--library=')) libraryPath = argument.slice('--library='.length);
    else if (argument === '--library') libraryPath = own[++index] ?? null;
    // Everything else with a dash is Chromium's or Electron's.
    else if (!argument.startsWith('-')) folders.push(argument);
  }
  return { mode: 'window', libraryPath, folders };
}
