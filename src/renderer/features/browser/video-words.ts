import type { VideoSummary } from '../../../shared/media';
import { codecName } from '../../format/codec';
import { formatFrameRate } from '../../format/frame-rate';
import { resolutionClass } from '../../format/resolution';
import { describeProblem } from '../problems/problem-words';

/** The faint line below a tile's name: `1080p · 25 fps · H.264`, or why there are no facts. */
export function factLine(video: VideoSummary): string {
  if (video.state === 'unreadable') {
    return video.problem ? describeProblem(video.problem.code).reason : 'Could not be read';
  }
  if (video.probeLevel === 'none') return 'Reading…';
  const rate = formatFrameRate(video.frameRate);
  return [
    video.width && video.height ? resolutionClass(video.width, video.height) : null,
    rate === '' ? null : `${rate} fps`,
    video.videoCodec === null ? null : codecName(video.videoCodec),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** At most two badges: what an editor must know before using a clip. */
export function badgesOf(video: VideoSummary): string[] {
  const badges: string[] = [];
  const size = video.width && video.height ? resolutionClass(video.width, video.height) : '';
  if (/^\dK$/.test(size)) badges.push(size);
  if (video.hdr !== null) badges.push('HDR');
  if (video.variableFrameRate) badges.push('VFR');
  return badges.slice(0, 2);
}
