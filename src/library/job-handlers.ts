import { isLive } from '../shared/job';
import type { JobTransition, LibraryApi } from '../shared/library-protocol';
import type { RpcHandlers } from '../shared/rpc';
import type { LibraryHolder } from './library-holder';
import type { OpenLibrary } from './open-library';

type JobProcedure =
  | 'submitScan'
  | 'submitVerify'
  | 'recoverJobs'
  | 'claimJob'
  | 'releaseWaiting'
  | 'transitionJob'
  | 'setJobPriority'
  | 'saveJobProgress'
  | 'getJob'
  | 'listJobs';

/** What main asks for its queue. */
export function jobHandlers(holder: LibraryHolder): Pick<RpcHandlers<LibraryApi>, JobProcedure> {
  return {
    submitScan: (request) => {
      const { library } = holder;
      const submitted = library.write(() => {
        const { roots, jobs } = library;
        const root =
          'rootId' in request ? roots.require(request.rootId) : roots.ensure(request.path);
        const payload = request.acceptMissing ? { acceptMissing: request.acceptMissing } : {};
        const { priority, automatic } = request;
        return jobs.submit({
          ...{ kind: 'scan', target: root.path, rootId: root.rootId, payload },
          ...(priority && { priority }),
          ...(automatic && { automatic }),
        });
      });
      library.changes.noteNow();
      return submitted;
    },
    submitVerify: async ({ priority, automatic, ...wish }, { signal }) => {
      const { library } = holder;
      const plan = await library.readers.call('planVerify', wish, { signal });
      return library.write(() =>
        library.jobs.submit({
          kind: 'verify',
          ...plan,
          priority: priority ?? 'low',
          ...(automatic && { automatic }),
        }),
      );
    },
    recoverJobs: () => holder.library.recoverJobs(),
    claimJob: ({ kinds, fullLanes }) => {
      const { library } = holder;
      const job = library.write(() => library.jobs.claim(kinds, fullLanes));
      if (job?.kind !== 'scan') return job;
      return { ...job, extraExtensions: library.settings.get().extraExtensions };
    },
    releaseWaiting: ({ rootIds }) => {
      const { library } = holder;
      const jobIds = library.write(() => library.jobs.releaseWaiting(rootIds));
      const { nextDueAt, rootIds: awaited } = library.jobs.awaited();
      const roots = awaited.map((rootId) => library.places.awaited(rootId));
      return { jobIds, nextDueAt, roots };
    },
    transitionJob: (request) => {
      const { library } = holder;
      const answer = library.write(() => transitionJob(library, request));
      if (answer.changed && request.to !== 'running') library.endRun(request.jobId);
      if (answer.explained || (answer.changed && !isLive(request.to))) library.changes.noteNow();
      return answer;
    },
    setJobPriority: ({ jobId, priority }) =>
      holder.library.write(() => holder.library.jobs.setPriority(jobId, priority)),
    saveJobProgress: ({ progress, ...run }) => {
      holder.library.write(() => holder.library.jobs.saveProgress(run, progress));
      return null;
    },
    getJob: ({ jobId }) => holder.library.jobs.get(jobId),
    listJobs: ({ limit }) => holder.library.jobs.list(limit),
  };
}

/** The transition that is asked for, unless the run crashed and a file is to blame: then the job goes on. */
function transitionJob(library: OpenLibrary, request: JobTransition) {
  const { jobs } = library;
  const { jobId, from, runToken, crashed } = request;
  const explained = crashed === true && runToken !== undefined && library.noteDeath(runToken);
  if (!explained) return { ...jobs.transition(request), explained };
  jobs.clearCrashes(jobId);
  return { ...jobs.transition({ jobId, from, runToken, to: 'queued' }), explained };
}
