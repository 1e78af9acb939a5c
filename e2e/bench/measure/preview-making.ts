import { basename } from 'node:path';
import { createPreviewMaker, type PreviewRequest } from '../../../src/media/preview/preview-maker';
import { createProber } from '../../../src/media/probe/prober';
import { ffmpegPath, ffprobePath } from '../../../src/media/tools';
import type { VideoStream } from '../../../src/shared/media';
import type { MadeImage, PreviewWork } from '../../../src/shared/preview-protocol';
import { concurrently } from '../../fixtures/concurrently';
import { type Effort, effortOf } from '../baselines/ffprobe';
import type { TimedClip } from '../baselines/plain-ffmpeg';

/** A clip as the app asks for its pictures: with the stream and the length that ffprobe found. */
export type KnownClip = Pick<PreviewRequest, 'source' | 'stream' | 'durationSeconds'>;

/** What a scan finds out about clips. */
export async function knownClips(clips: readonly TimedClip[]): Promise<KnownClip[]> {
  const prober = createProber({ ffprobePath, concurrency: 1 });
  try {
    const known: KnownClip[] = [];
    for (const { path } of clips) {
      const source = { path, pathBytes: null, name: basename(path) };
      const answer = await prober.probe(source, new AbortController().signal);
      const media = answer.kind === 'probed' ? answer.media : null;
      const stream = media?.streams.find((one): one is VideoStream => one.type === 'video');
      if (!media || !stream) throw new Error(`There is no video in ${path}.`);
      const { durationUs } = media;
      known.push({
        source,
        stream,
        durationSeconds: durationUs === null ? null : durationUs / 1e6,
      });
    }
    return known;
  } finally {
    prober.dispose();
  }
}

/** Makes the posters of all clips as the app does where it may use the whole machine. */
export function makePosters(clips: readonly KnownClip[], cacheFolder: string): Promise<Effort> {
  return makeAll(clips, async (make) => {
    await make({ kind: 'poster', atSeconds: null }, cacheFolder);
  });
}

/** Makes posters and then filmstrips of all clips, each clip's one after the other. */
export function makeFilmstrips(clips: readonly KnownClip[], cacheFolder: string): Promise<Effort> {
  return makeAll(clips, async (make) => {
    const { token } = await make({ kind: 'poster', atSeconds: null }, cacheFolder);
    await make({ kind: 'filmstrip', token }, cacheFolder);
  });
}

type Make = (work: PreviewWork, cacheFolder: string) => Promise<MadeImage>;

async function makeAll(
  clips: readonly KnownClip[],
  steps: (make: Make) => Promise<void>,
): Promise<Effort> {
  const maker = createPreviewMaker({ ffmpegPath });
  const { signal } = new AbortController();
  const makeOf =
    (clip: KnownClip): Make =>
    async (work, cacheFolder) => {
      const answer = await maker.make({ ...clip, work, cacheFolder }, signal);
      if (answer.kind === 'failed') throw new Error(`${clip.source.name}: ${answer.message}`);
      return answer.image;
    };
  try {
    return await effortOf(() => concurrently(clips, (clip) => steps(makeOf(clip))));
  } finally {
    maker.dispose();
  }
}
