/** An H.264 encoder as ffmpeg is told to use it. */
export interface Encoder {
  /** ffmpeg's name. */
  name: string;
  /** Options that stand before the inputs. */
  device: readonly string[];
  /** Filters behind all others: they bring a picture to where the encoder wants it. */
  upload: readonly string[];
  /** No B-frames: the first picture comes out sooner. */
  options: readonly string[];
  /** Sides of the largest picture that it keeps up with. */
  longSide: number;
  shortSide: number;
}

/** Hardware keeps up with 4K; the processor, on two cores, with full HD (measured: 87 frames a second from ProRes). */
const HARDWARE = { longSide: 3840, shortSide: 2160 };

const NO_DEVICE = { device: [], upload: [] };

/** Always there, and keeps up with full HD. */
export const SOFTWARE_ENCODER: Encoder = {
  name: 'libx264',
  ...NO_DEVICE,
  options: ['-preset', 'veryfast', '-crf', '20', '-bf', '0'],
  longSide: 1920,
  shortSide: 1080,
};

const VAAPI: Encoder = {
  name: 'h264_vaapi',
  device: ['-vaapi_device', '/dev/dri/renderD128'],
  upload: ['format=nv12', 'hwupload'],
  options: ['-qp', '22', '-bf', '0'],
  ...HARDWARE,
};

const NVENC: Encoder = {
  name: 'h264_nvenc',
  ...NO_DEVICE,
  options: ['-preset', 'fast', '-rc', 'vbr', '-cq', '22', '-b:v', '0', '-bf', '0'],
  ...HARDWARE,
};

const QSV: Encoder = {
  name: 'h264_qsv',
  ...NO_DEVICE,
  options: ['-preset', 'veryfast', '-global_quality', '22', '-bf', '0'],
  ...HARDWARE,
};

const AMF: Encoder = {
  name: 'h264_amf',
  ...NO_DEVICE,
  options: ['-quality', 'speed', '-rc', 'cqp', '-qp_i', '22', '-qp_p', '22'],
  ...HARDWARE,
};

const VIDEOTOOLBOX: Encoder = {
  name: 'h264_videotoolbox',
  ...NO_DEVICE,
  options: ['-realtime', '1', '-allow_sw', '0', '-b:v', '16M', '-bf', '0'],
  ...HARDWARE,
};

/** Hardware encoders that a system may have, best first. */
export const HARDWARE_ENCODERS: Readonly<Partial<Record<NodeJS.Platform, readonly Encoder[]>>> = {
  darwin: [VIDEOTOOLBOX],
  win32: [NVENC, QSV, AMF],
  linux: [NVENC, VAAPI],
};

const ALL = [SOFTWARE_ENCODER, VAAPI, NVENC, QSV, AMF, VIDEOTOOLBOX];

/** @throws Error there is none of the name */
export function encoderOf(name: string): Encoder {
  const encoder = ALL.find((candidate) => candidate.name === name);
  if (!encoder) throw new Error(`There is no encoder ${name}.`);
  return encoder;
}
