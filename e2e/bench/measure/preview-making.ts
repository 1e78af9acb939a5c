import { basename } from 'node:path';
import { createPreviewMaker, type PreviewRequest } from '../../../src/media/preview/preview-maker';
import { createProber } from '../../../src/media/probe/prober';
import { ffmpegPath, ffprobePath } from '../../../src/media/tools';
import type { VideoStream } from '../../../src/shared/media';
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

/** Makes the pictures of all clips as the app does where it may use the whole machine. */
export async function makeAll(
  clips: readonly KnownClip[],
  work: PreviewRequest['work'],
  cacheFolder: string,
): Promise<Effort> {
  const maker = createPreviewMaker({ ffmpegPath });
  const { signal } = new AbortController();
  try {
    return await effortOf(() =>
      concurrently(clips, async (clip) => {
        const answer = await maker.make({ ...clip, work, cacheFolder }, signal);
        if (answer.kind === 'failed') throw new Error(`${clip.source.name}: ${answer.message}`);
      }),
    );
  } finally {
    maker.dispose();
  }
}
