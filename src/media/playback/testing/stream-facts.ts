import type { AudioStream, OtherStream, VideoStream } from '../../../shared/media';

const BASE = {
  codecLongName: null,
  codecTag: null,
  bitRate: null,
  durationSeconds: null,
  startSeconds: 0,
  language: null,
  title: null,
};

/** A full HD film of a phone. */
export function videoStream(rest: Partial<VideoStream> = {}): VideoStream {
  return {
    ...BASE,
    type: 'video',
    index: 0,
    codec: 'h264',
    profile: 'High',
    disposition: ['default'],
    level: 40,
    codedWidth: 1920,
    codedHeight: 1080,
    width: 1920,
    height: 1080,
    sampleAspectRatio: '1/1',
    rotation: 0,
    averageFrameRate: '25/1',
    realFrameRate: '25/1',
    variableFrameRate: false,
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    colourPrimaries: 'bt709',
    colourTransfer: 'bt709',
    colourMatrix: 'bt709',
    colourRange: 'tv',
    hdr: null,
    fieldOrder: 'progressive',
    frameCount: null,
    ...rest,
  };
}

export function audioStream(rest: Partial<AudioStream> = {}): AudioStream {
  return {
    ...BASE,
    type: 'audio',
    index: 1,
    codec: 'aac',
    profile: 'LC',
    disposition: ['default'],
    channels: 2,
    channelLayout: 'stereo',
    sampleRate: 48_000,
    sampleFormat: 'fltp',
    bitDepth: null,
    ...rest,
  };
}

export function subtitleStream(rest: Partial<OtherStream> = {}): OtherStream {
  return {
    ...BASE,
    type: 'subtitle',
    index: 2,
    codec: 'subrip',
    profile: null,
    disposition: [],
    fileName: null,
    ...rest,
  };
}
