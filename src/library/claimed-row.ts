import { parseJobWork } from '../shared/job-payload';
import type { ClaimedPreview, ClaimedScan, ClaimedVerify } from '../shared/library-protocol';
import type { ClaimableRow } from './job-statements';

/** A claimed job; what is set in the library comes from elsewhere. */
export type ClaimedRow = Omit<ClaimedScan, 'extraExtensions'> | ClaimedVerify | ClaimedPreview;

/** What a run of a claimed row needs; null when another version wrote what this one does not understand. */
export function claimedRow(row: ClaimableRow, runToken: string): ClaimedRow | null {
  const { jobId, rootId, rootPath, crashCount, transientFailures } = row;
  const work = parseJobWork(row.kind, row.payload);
  if (!work) return null;
  const run = {
    ...{ jobId, runToken, attempt: row.attempt + 1, crashCount, transientFailures },
    lane: { key: row.lane, volume: row.volume },
  };
  if (work.kind === 'verify') return { ...run, ...work, rootId, rootPath };
  if (work.kind === 'preview') return { ...run, ...work, rootId: null, rootPath: null };
  return rootId === null || rootPath === null ? null : { ...run, ...work, rootId, rootPath };
}
