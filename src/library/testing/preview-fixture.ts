import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ClaimedPreview } from '../../shared/library-protocol';
import type { VideoStream } from '../../shared/media';
import { type PreviewImage, previewFile } from '../../shared/preview';
import type {
  MadeImage,
  PreviewOutcome,
  PreviewReport,
  PreviewTask,
} from '../../shared/preview-protocol';
import type { TestLibrary } from './library-fixture';
import { type Disk, type Prober, probed, proberByName, scanDisk } from './scan-fixture';

export const VIDEO_STREAM: VideoStream = {
  ...{ index: 0, type: 'video', codec: 'h264', codecLongName: null, codecTag: null, profile: null },
  ...{ bitRate: null, durationSeconds: null, startSeconds: null, language: null, title: null },
  ...{ disposition: [], level: null, codedWidth: 1920, codedHeight: 1080, width: 1920 },
  ...{ height: 1080, sampleAspectRatio: '1/1', rotation: 0, averageFrameRate: '25/1' },
  ...{ realFrameRate: '25/1', variableFrameRate: false, pixelFormat: 'yuv420p', bitDepth: 8 },
  ...{ colourPrimaries: null, colourTransfer: null, colourMatrix: null, colourRange: null },
  ...{ hdr: null, fieldOrder: null, frameCount: null },
};

const withPictures: Prober = (task) =>
  task.path.includes('broken') ? proberByName(task) : probed({ streams: [VIDEO_STREAM] });

/** A scan of files that have pictures, but those with `broken` in their names. */
export function scanFilms(
  library: TestLibrary,
  disk: Disk,
  options: NonNullable<Parameters<typeof scanDisk>[2]> = {},
) {
  return scanDisk(library, disk, { prober: withPictures, ...options });
}

/** Submits and claims the job of previews. */
export async function claimPreviews({ library }: TestLibrary): Promise<ClaimedPreview> {
  await library.call('submitPreviews', {});
  const job = await library.call('claimJob', { kinds: ['preview'] });
  if (job?.kind !== 'preview') throw new Error('There were no previews to be made.');
  return job;
}

/** One run of a preview job, step by step. */
export function previewSteps(
  { previewSink }: TestLibrary,
  { jobId, runToken }: Pick<ClaimedPreview, 'jobId' | 'runToken'>,
) {
  const run = { jobId, runToken };
  return {
    begin: () => previewSink.call('beginPreviews', run),
    take: (limit = 100) => previewSink.call('takePreviewTasks', { ...run, limit }),
    write: (...reports: PreviewReport[]) =>
      previewSink.call('writePreviews', { ...run, reports: [...reports] }),
    finish: () => previewSink.call('finishPreviews', run),
  };
}

export const FILMSTRIP = {
  ...{ columns: 5, frameWidth: 160, frameHeight: 90 },
  times: [0.5, 3, 5.5, 8, 10.5],
};

/** Puts a new poster into the cache, as the media process does. */
export function putPoster(library: Pick<TestLibrary, 'directory'>, bytes = 1000) {
  const token = randomBytes(16).toString('hex');
  putImage(library, token, 'poster');
  const poster = { width: 480, height: 270, atSeconds: 2 };
  return { kind: 'poster', token, bytes, poster } satisfies MadeImage;
}

/** Puts the filmstrip beside a poster. */
export function putFilmstrip(
  library: Pick<TestLibrary, 'directory'>,
  token: string,
  bytes = 1000,
): MadeImage {
  putImage(library, token, 'filmstrip');
  return { kind: 'filmstrip', token, bytes, filmstrip: FILMSTRIP };
}

function putImage(
  { directory }: Pick<TestLibrary, 'directory'>,
  token: string,
  image: PreviewImage,
): void {
  const path = join(directory, 'previews', previewFile(token, image));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'image');
}

/** What came of a task, in the version that it was handed out in unless another one is given. */
export function reportOf(
  task: PreviewTask,
  outcome: PreviewOutcome,
  version: Partial<Pick<PreviewReport, 'sizeBytes' | 'mtimeMs'>> = {},
): PreviewReport {
  const { videoId, work, sizeBytes, mtimeMs } = task;
  return { videoId, work, sizeBytes, mtimeMs, inode: 1, outcome, ...version };
}

/** The report of a task whose image is in the cache. */
export function madeOf(library: TestLibrary, task: PreviewTask, bytes?: number): PreviewReport {
  const { work } = task;
  if (work.kind === 'filmstrip') {
    const image = putFilmstrip(library, work.token, bytes);
    return reportOf(task, { kind: 'made', image });
  }
  const image = putPoster(library, bytes);
  const poster = { ...image.poster, atSeconds: work.atSeconds ?? image.poster.atSeconds };
  return reportOf(task, { kind: 'made', image: { ...image, poster } });
}

type Making = (task: PreviewTask) => PreviewReport;

/** A job of previews from its submission to its end; answers the paths in the order in which posters were made of them. */
export async function makePreviews(library: TestLibrary, make?: Making) {
  const claimed = await claimPreviews(library);
  const steps = previewSteps(library, claimed);
  await steps.begin();
  const { taken, result } = await complete(library, steps, make);
  const posters = taken.filter(({ work }) => work.kind === 'poster');
  return { jobId: claimed.jobId, paths: posters.map(({ path }) => path), result };
}

/** Makes one by one what is left to be made, and ends the job. */
export async function complete(
  library: TestLibrary,
  steps: Pick<ReturnType<typeof previewSteps>, 'take' | 'write' | 'finish'>,
  make: Making = (task) => madeOf(library, task),
) {
  const taken: PreviewTask[] = [];
  for (;;) {
    const { tasks } = await steps.take(1);
    const [task] = tasks;
    const result = task ? null : await steps.finish();
    if (result) return { taken, result };
    if (!task) continue;
    taken.push(task);
    await steps.write(make(task));
  }
}

/** Tokens of which the cache has an image. */
export function cachedTokens({ directory }: Pick<TestLibrary, 'directory'>): string[] {
  const folder = join(directory, 'previews');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.webp'));
  return [...new Set(files.map((name) => name.slice(3, 35)))].sort();
}
