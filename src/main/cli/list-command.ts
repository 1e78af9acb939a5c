import type { ProbeLevel, VideoSummary } from '../../shared/media';
import { EXIT } from './exit-codes';
import { listedVideo } from './listed-video';
import type { Output } from './output';
import { eachVideo, withLibrary } from './read-library';
import type { Wanted } from './usage';

export async function listVideos(
  options: Wanted & { limit: number },
  libraryPath: string,
  output: Output,
): Promise<number> {
  await withLibrary(libraryPath, async (library) => {
    let listed = 0;
    if (options.limit === 0) return;
    for await (const video of eachVideo(library, options)) {
      if (output.json) await output.object(listedVideo(video));
      else await output.line(describe(video));
      if (++listed >= options.limit || output.broken) return;
    }
  });
  return EXIT.done;
}

const LEVEL_WORDS: Readonly<Record<ProbeLevel, string | null>> = {
  none: 'not read yet',
  quick: 'header only',
  full: null,
};

function describe(video: VideoSummary): string {
  const facts = [
    video.state === 'ok' ? LEVEL_WORDS[video.probeLevel] : video.state,
    video.durationSeconds === null ? null : `${video.durationSeconds.toFixed(1)} s`,
    video.width === null ? null : `${video.width}×${video.height}`,
    video.videoCodec,
    video.problem?.message,
  ].filter((fact) => fact !== null && fact !== undefined);
  return [video.path, ...facts].join('\t');
}
