import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isLive, type JobState } from '../../shared/job';
import type { ClaimedScan } from '../../shared/library-protocol';
import type { TestLibrary } from './library-fixture';
import { ROOT } from './scan-fixture';

/** Changes the file behind the service's back, as damage or another version would. */
export function tamper({ directory }: TestLibrary, sql: string, ...parameters: unknown[]): void {
  const database = new Database(join(directory, 'library.sqlite'));
  database.prepare(sql).run(...parameters);
  database.close();
}

export async function submit({ library }: TestLibrary, path = ROOT): Promise<string> {
  return (await library.call('submitScan', { path })).jobId;
}

/** The next scan; null when there is none. */
export async function claim({ library }: TestLibrary): Promise<ClaimedScan | null> {
  const job = await library.call('claimJob', { kinds: ['scan'] });
  return job?.kind === 'scan' ? job : null;
}

/** The next scan, of which there must be one. */
export async function claimAgain(library: TestLibrary): Promise<ClaimedScan> {
  const job = await claim(library);
  if (!job) throw new Error('The job was not claimable.');
  return job;
}

/** Puts the row into a state whatever led there. */
export function putInto(library: TestLibrary, jobId: string, state: JobState): void {
  const token = state === 'running' ? 'token' : null;
  const finished = isLive(state) ? null : 1;
  tamper(
    library,
    'UPDATE jobs SET state = ?, run_token = ?, finished_at = ? WHERE job_id = ?',
    state,
    token,
    finished,
    jobId,
  );
}

export function readToken({ directory }: TestLibrary, jobId: string): { runToken: string } {
  const database = new Database(join(directory, 'library.sqlite'), { readonly: true });
  const row = database
    .prepare<[string], { runToken: string }>(
      'SELECT run_token AS runToken FROM jobs WHERE job_id = ?',
    )
    .get(jobId);
  database.close();
  return row ?? { runToken: '' };
}
