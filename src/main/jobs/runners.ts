import type { RunnableKind } from '../../shared/job-payload';
import type { ClaimedJob } from '../../shared/library-protocol';
import type { MediaApi, MediaListenerApi } from '../../shared/media-protocol';
import type { RpcCallOptions, RpcPeer } from '../../shared/rpc';
import { probesOnVolume } from './lanes';

export type MediaPeer = RpcPeer<MediaListenerApi, MediaApi>;

type JobOf<Kind extends RunnableKind> = Extract<ClaimedJob, { kind: Kind }>;

/** Has the media process do a job of one kind; the library has the result when it resolves. */
type Runner<Kind extends RunnableKind> = (
  media: MediaPeer,
  job: JobOf<Kind>,
  options: RpcCallOptions,
) => Promise<unknown>;

/** How a job of each kind is run. A kind without an entry stays queued. */
const RUNNERS: { readonly [Kind in RunnableKind]?: Runner<Kind> } = {
  scan: (media, { jobId, runToken, rootId, rootPath, extraExtensions, lane }, options) => {
    const probes = probesOnVolume(lane.volume);
    const request = { jobId, runToken, rootId, rootPath, extraExtensions, probes };
    return media.call('runScan', request, options);
  },
  verify: (media, { jobId, runToken, rootId }, options) =>
    media.call('runVerify', { jobId, runToken, rootId }, options),
  preview: (media, { jobId, runToken }, options) =>
    media.call('runPreviews', { jobId, runToken }, options),
};

/** Kinds that are claimed. */
export const CLAIMED_KINDS = Object.keys(RUNNERS) as readonly RunnableKind[];

/** Those that are claimed where nobody looks at pictures, or while none are to be made. */
export const KINDS_WITHOUT_PREVIEWS = CLAIMED_KINDS.filter((kind) => kind !== 'preview');

export function runJob(
  media: MediaPeer,
  job: ClaimedJob,
  options: RpcCallOptions,
): Promise<unknown> {
  const runner = RUNNERS[job.kind] as Runner<RunnableKind> | undefined;
  if (!runner) throw new Error(`Nobody runs jobs of the kind ${job.kind}.`);
  return runner(media, job, options);
}
