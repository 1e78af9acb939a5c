import type { VideoSummary } from '../../shared/media';

/** The line of `list --json`: the documented fields of a video, no others. */
export function listedVideo(video: VideoSummary) {
  return {
    id: video.id,
    path: video.path,
    sizeBytes: video.sizeBytes,
    mtimeMs: video.mtimeMs,
    state: video.state,
    container: video.container,
    durationSeconds: video.durationSeconds,
    width: video.width,
    height: video.height,
    rotation: video.rotation,
    frameRate: video.frameRate,
    variableFrameRate: video.variableFrameRate,
    videoCodec: video.videoCodec,
    audioCodec: video.audioCodec,
    audioChannels: video.audioChannels,
    bitRate: video.bitRate,
    hdr: video.hdr,
    problem: video.problem,
    probeLevel: video.probeLevel,
  };
}
