import { join } from 'node:path';
import type { ScanResult } from '../../src/shared/job';
import { runCli } from '../fixtures/command-line';
import { rowsOf, withLibraryFile } from '../fixtures/library-file';
import { changeFolder, fillFolder } from './corpus';
import type { Work } from './plan';
import { putUserData } from './user-data';

/** How far a folder's rows have come: scanned once, with user data on them, scanned again. */
export type Stage = 'scanned' | 'described' | 'rescanned';

/** What scans that nobody disturbs leave behind. */
export interface Reference {
  results: Record<Work, Omit<ScanResult, 'elapsedMs'>>;
  /** By the path below the folder. */
  rows: Record<Stage, Map<string, object>>;
}

/** Scans a folder twice in a library of its own, as every round's folder is scanned, and without any fault. */
export async function undisturbed(place: string): Promise<Reference> {
  const folder = join(place, 'undisturbed clips');
  const library = join(place, 'undisturbed library');
  const rows = () => withLibraryFile(library, (database) => rowsOf(database, folder));
  fillFolder(folder, 'undisturbed');
  const first = await scan(folder, library);
  const scanned = rows();
  withLibraryFile(library, (database) => putUserData(database, folder));
  const described = rows();
  changeFolder(folder, 'undisturbed');
  const again = await scan(folder, library);
  return { results: { first, again }, rows: { scanned, described, rescanned: rows() } };
}

async function scan(folder: string, library: string): Promise<Reference['results']['first']> {
  const { code, objects, stderr } = await runCli(['scan', folder, '--library', library, '--json']);
  const result = objects.at(-1)?.['result'];
  if (code !== 0 || !result) throw new Error(`The undisturbed scan failed: ${stderr}`);
  return withoutTime(result as ScanResult);
}

export function withoutTime({
  elapsedMs: _,
  ...counts
}: ScanResult): Reference['results']['first'] {
  return counts;
}
