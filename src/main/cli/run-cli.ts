import { isAbsolute, resolve } from 'node:path';
import { toErrorShape } from '../../shared/errors';
import { listBackups, restoreBackup } from './backup-commands';
import { EXIT, exitCodeOf } from './exit-codes';
import { exportLibrary, exportUserData } from './export-command';
import { countFacets } from './facets-command';
import { importUserData } from './import-command';
import { listVideos } from './list-command';
import { Output } from './output';
import { listProblems, retryProblems } from './problems-command';
import { listJobs, showVideo } from './read-commands';
import { scanFolders } from './scan-command';
import { type Command, helpText, parseCommand, USAGE, UsageError } from './usage';
import { verifyPaths } from './verify-command';

/** Runs one command without a window; answers the exit code. */
export async function runCli(argv: readonly string[], defaultLibrary: string): Promise<number> {
  let command: Command;
  try {
    command = parseCommand(argv);
  } catch (thrown) {
    await new Output(argv.includes('--json')).error(toErrorShape(thrown));
    if (thrown instanceof UsageError) process.stderr.write(`\n${USAGE}`);
    return EXIT.usage;
  }
  const output = new Output(command.json);
  const libraryPath = command.libraryPath ? fromCallersFolder(command.libraryPath) : defaultLibrary;
  try {
    return await run(command, libraryPath, output);
  } catch (thrown) {
    const error = toErrorShape(thrown);
    await output.error(error);
    if (error.code === 'LIBRARY_CORRUPT') process.stderr.write(wayBack(command));
    return exitCodeOf(error);
  }
}

/** What a person whose library is damaged can do. */
function wayBack({ libraryPath }: Command): string {
  const library = libraryPath ? ` --library ${libraryPath}` : '';
  return `
The library is left as it is. Its backups are listed by
  vitrine --cli backups${library}
and the newest is put in its place by
  vitrine --cli restore latest${library}
`;
}

function run(command: Command, libraryPath: string, output: Output): Promise<number> {
  switch (command.name) {
    case 'scan':
      return scanFolders(
        { folders: command.folders.map(fromCallersFolder), acceptMissing: command.acceptMissing },
        libraryPath,
        output,
      );
    case 'list':
      return listVideos(command, libraryPath, output);
    case 'facets':
      return countFacets(command, libraryPath, output);
    case 'show':
      return showVideo(videoReference(command.video), libraryPath, output);
    case 'verify':
      return verifyPaths(command.paths.map(fromCallersFolder), libraryPath, output);
    case 'jobs':
      return listJobs(libraryPath, output);
    case 'problems':
      return command.retry ? retryProblems(libraryPath, output) : listProblems(libraryPath, output);
    case 'export':
      return command.format === 'user-data'
        ? exportUserData(libraryPath, output)
        : exportLibrary(command, libraryPath, output);
    case 'import':
      return importUserData(fromCallersFolder(command.file), libraryPath, output);
    case 'backups':
      return listBackups(libraryPath, output);
    case 'restore':
      return restoreBackup(command.backup, libraryPath, output);
    case 'help':
      return output.text(helpText(command.ofQuery)).then(() => EXIT.done);
  }
}

/** `npm run` changes the working folder and keeps the person's own in INIT_CWD. */
function fromCallersFolder(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

function videoReference(text: string): { id: number } | { path: string } {
  return /^\d{1,15}$/.test(text) ? { id: Number(text) } : { path: fromCallersFolder(text) };
}
