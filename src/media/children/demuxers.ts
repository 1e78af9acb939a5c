/**
 * The demuxers (`ffprobe -demuxers`) that ffprobe and ffmpeg may use here: real containers and raw
 * video streams that keep everything in the one file.
 *
 * Left out on purpose: what opens other files or addresses named inside the file (`concat`, `hls`, `dash`, `imf`,
 * `sdp`, `rtsp`, `image2`, `vobsub`, `webm_dash_manifest`), what generates or captures (`lavfi`, `v4l2`, `x11grab`),
 * text that takes nearly any bytes for its own (`tty`, `bin`, `data`, subtitles, `tedcaptions`), still images,
 * and the formats of old games, whose parsers nobody hardens.
 */
const VIDEO_DEMUXERS = [
  // ISO base media and QuickTime: mp4, m4v, mov, 3gp, 3g2, mj2, f4v, insv, lrv, 360, braw, crm
  'mov',
  'matroska',
  'webm',
  'avi',
  'asf',
  'asf_o',
  'flv',
  'kux',
  'mpeg',
  'mpegts',
  'mpegtsraw',
  'ogg',
  'mxf',
  'gxf',
  'lxf',
  'dv',
  'rm',
  'ivr',
  'nsv',
  'nut',
  'nuv',
  'ivf',
  'wtv',
  'ty',
  'pva',
  'bink',
  'smk',
  'swf',
  'cine',
  'r3d',
  'dhav',
  'mxg',
  'yuv4mpegpipe',
  // Raw streams without a container
  'av1',
  'obu',
  'cavsvideo',
  'dirac',
  'dnxhd',
  'h261',
  'h263',
  'h264',
  'hevc',
  'vvc',
  'm4v',
  'mjpeg',
  'mjpeg_2000',
  'mpegvideo',
  'vc1',
] as const;

/** Audio containers: so that a song with a video's name is told apart from damaged data. */
const AUDIO_DEMUXERS = ['aac', 'ac3', 'aiff', 'amr', 'ape', 'caf', 'flac', 'mp3', 'wav', 'wv'];

/** Value of `-format_whitelist`. A demuxer of several names (`mov,mp4,…`) needs only one of them. */
export const DEMUXER_WHITELIST = [...VIDEO_DEMUXERS, ...AUDIO_DEMUXERS].join(',');
