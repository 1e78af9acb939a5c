import type { JobStatus } from '../../shared/job';
import type { VideoDetail } from '../../shared/media';
import { EXIT } from './exit-codes';
import type { Output } from './output';
import { withLibrary } from './read-library';

const JOBS_SHOWN = 100;

/** @throws VitrineError `VIDEO_NOT_FOUND` */
export async function showVideo(
  reference: { id: number } | { path: string },
  libraryPath: string,
  output: Output,
): Promise<number> {
  const video = await withLibrary(libraryPath, (library) => library.ask('getVideo', reference));
  if (output.json) await output.object(video);
  else for (const line of describe(video)) await output.line(line);
  return EXIT.done;
}

export async function listJobs(libraryPath: string, output: Output): Promise<number> {
  const jobs = await withLibrary(libraryPath, (library) =>
    library.ask('listJobs', { limit: JOBS_SHOWN }),
  );
  for (const job of jobs) {
    if (output.json) await output.object(job);
    else await output.line(describeJob(job));
  }
  return EXIT.done;
}

/** What every job has, then what is out of the ordinary. */
function describeJob(job: JobStatus): string {
  const notes = [
    job.priority === 'normal' ? null : `${job.priority} priority`,
    job.attempt > 1 ? `attempt ${job.attempt}` : null,
    job.waitingFor === null ? null : `waits for ${job.waitingFor}`,
    job.notBefore === null ? null : `next try ${new Date(job.notBefore).toISOString()}`,
    job.reason,
  ];
  const facts = [job.jobId, job.kind, job.state, new Date(job.createdAt).toISOString(), job.target];
  return [...facts, ...notes.filter((note) => note !== null)].join('\t');
}

/** Everything that is known, one fact a line; streams are indented below their own line. */
function describe(video: VideoDetail): string[] {
  const { streams, chapters, problem, ...facts } = video;
  return [
    ...factLines(facts),
    ...(problem ? ['problem', ...factLines(problem, '  ')] : []),
    ...streams.flatMap(({ type, index, ...stream }) => [
      `stream ${index}: ${type}`,
      ...factLines(stream, '  '),
    ]),
    ...chapters.flatMap((chapter, index) => [`chapter ${index + 1}`, ...factLines(chapter, '  ')]),
  ];
}

function factLines(facts: Record<string, unknown>, indent = ''): string[] {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(
      ([name, value]) =>
        `${indent}${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    );
}
