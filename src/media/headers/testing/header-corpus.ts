import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

const run = promisify(execFile);

/** A file of the corpus: ffmpeg's arguments, and those of a copy that is made of the result. */
interface Recipe {
  name: string;
  make: string;
  copy?: string;
}

const picture = (size = '160x120', rate = '25', seconds = '0.4') =>
  `-f lavfi -i testsrc2=size=${size}:rate=${rate}:duration=${seconds}`;
const tone = '-f lavfi -i sine=frequency=440:sample_rate=48000:duration=0.4';
const x264 = '-c:v libx264 -preset ultrafast';
const h264 = `${x264} -pix_fmt yuv420p`;
const x265 = '-c:v libx265 -preset ultrafast';
const quiet = '-x265-params log-level=none';
const hevc = `${x265} -pix_fmt yuv420p ${quiet}`;
const vp9 = '-c:v libvpx-vp9 -deadline realtime -cpu-used 8';

const RATES = ['12', '15', '24000/1001', '24', '25', '30000/1001', '30', '48', '50', '60000/1001'];
const SIZES = ['1920x1080', '854x480', '426x240', '176x144', '1080x1920', '322x242', '720x576'];
const ASPECTS = ['4/3', '16/15', '12/11', '64/45', '1/2', '100/99'];
const ROTATIONS = ['90', '180', '270'];

/** Options that hold for MP4, QuickTime and Matroska alike. */
function common(extension: string): Recipe[] {
  const recipe = (name: string, make: string, copy?: string): Recipe => ({
    name: `${name}.${extension}`,
    make,
    ...(copy === undefined ? {} : { copy }),
  });
  return [
    ...RATES.map((rate, index) => recipe(`rate-${index}`, `${picture('160x120', rate)} ${h264}`)),
    ...SIZES.map((size) => recipe(`size-${size}`, `${picture(size, '25', '0.12')} ${h264}`)),
    ...ASPECTS.map((aspect, index) =>
      recipe(`aspect-${index}`, `${picture()} -vf setsar=${aspect} ${h264}`),
    ),
    ...['yuv422p', 'yuv444p', 'yuv420p10le', 'yuv422p10le', 'yuvj420p', 'gray'].map((format) =>
      recipe(`h264-${format}`, `${picture()} ${x264} -pix_fmt ${format}`),
    ),
    ...['yuv420p', 'yuv422p', 'yuv420p10le', 'yuv444p12le'].map((format) =>
      recipe(`hevc-${format}`, `${picture()} ${x265} -pix_fmt ${format} ${quiet}`),
    ),
    recipe('hevc-odd', `${picture('326x242')} ${hevc}`),
    recipe('hevc-slow', `${picture()} -c:v libx265 -preset slow -pix_fmt yuv420p ${quiet}`),
    recipe('hevc-aspect', `${picture()} -vf setsar=4/3 ${hevc}`),
    recipe(
      'hdr10',
      `${picture()} ${x265} -pix_fmt yuv420p10le ${quiet}:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:hdr=1`,
    ),
    recipe(
      'hlg',
      `${picture()} ${x265} -pix_fmt yuv420p10le ${quiet}:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc`,
    ),
    recipe('h264-slow', `${picture('160x120', '25', '2')} -c:v libx264 -preset slow -bf 3`),
    recipe('interlaced', `${picture('720x576')} ${h264} -flags +ilme+ildct -x264opts tff=1`),
    recipe('fields', `${picture('720x576', '50')} -vf interlace ${h264} -flags +ilme+ildct`),
    recipe('one-frame', `${picture()} -frames:v 1 ${h264}`),
    recipe('two-frames', `${picture()} -frames:v 2 ${h264}`),
    recipe(
      'variable-rate',
      `${picture('160x120', '30', '3')} -vf select=lt(t\\,1)+not(mod(n\\,4)) -vsync vfr ${h264}`,
    ),
    recipe('mpeg4', `${picture()} -c:v mpeg4`),
    recipe('mpeg4-aspect', `${picture()} -vf setsar=4/3 -c:v mpeg4`),
    recipe('mpeg2', `${picture()} -c:v mpeg2video`),
    recipe('mjpeg', `${picture()} -c:v mjpeg -pix_fmt yuvj420p`),
    recipe('aac-mono', `${picture()} ${tone} ${h264} -c:a aac -ac 1`),
    recipe('aac-mono-low', `${picture()} ${tone} ${h264} -c:a aac -ac 1 -ar 22050`),
    recipe('aac-stereo', `${picture()} ${tone} ${h264} -c:a aac -ac 2`),
    recipe('aac-six', `${picture()} ${tone} ${h264} -c:a aac -ac 6`),
    recipe('aac-eight', `${picture()} ${tone} ${h264} -c:a aac -ac 8`),
    recipe('mp3', `${picture()} ${tone} ${h264} -c:a libmp3lame`),
    recipe('ac3-six', `${picture()} ${tone} ${h264} -c:a ac3 -ac 6`),
    recipe('eac3', `${picture()} ${tone} ${h264} -c:a eac3 -ac 6`),
    recipe('alac', `${picture()} ${tone} ${h264} -c:a alac`),
    recipe(
      'languages',
      `${picture()} ${tone} ${tone} -map 0 -map 1 -map 2 ${h264} -c:a aac -metadata:s:a:0 language=deu -metadata:s:a:1 language=fra -metadata:s:v:0 language=jpn`,
    ),
    recipe(
      'second-default',
      `${picture()} ${tone} ${tone} -map 0 -map 1 -map 2 ${h264} -c:a:0 aac -c:a:1 ac3 -disposition:a:0 0 -disposition:a:1 default`,
    ),
    recipe('two-videos', `${picture()} ${picture('320x240')} -map 0 -map 1 ${h264}`),
    recipe('dated', `${picture()} ${h264} -metadata creation_time=2019-06-01T10:30:00Z`),
    recipe('dated-early', `${picture()} ${h264} -metadata creation_time=1970-01-01T00:00:00Z`),
    recipe('titled', `${picture()} ${h264} -metadata title=Rotate_me -metadata date=2001`),
    recipe('seeked', `${picture('160x120', '25', '3')} ${tone} ${h264} -c:a aac`, '-c copy -t 1.5'),
    recipe('late-start', `${picture()} ${h264} -output_ts_offset 5`),
    recipe('long', `-f lavfi -i color=size=64x64:rate=1:duration=4000 ${h264}`),
    recipe(
      'chapters-of-one',
      `${picture()} ${tone} -c:a aac ${h264} -metadata comment=x -shortest`,
    ),
    ...ROTATIONS.map((degrees) =>
      recipe(
        `turned-${degrees}`,
        `${picture()} ${h264}`,
        `-c copy -metadata:s:v:0 rotate=${degrees}`,
      ),
    ),
  ];
}

const isoOnly: Recipe[] = [
  { name: 'faststart.mp4', make: `${picture()} ${tone} ${h264} -c:a aac -movflags faststart` },
  {
    name: 'fragmented.mp4',
    make: `${picture()} ${tone} ${h264} -c:a aac -movflags frag_keyframe+empty_moov`,
  },
  {
    name: 'fragmented-delayed.mp4',
    make: `${picture()} ${tone} ${h264} -c:a aac -movflags frag_keyframe+delay_moov`,
  },
  {
    name: 'fragmented-index.mp4',
    make: `${picture('160x120', '25', '3')} ${h264} -g 10 -movflags frag_keyframe+empty_moov+global_sidx`,
  },
  {
    name: 'dash.mp4',
    make: `${picture('160x120', '25', '3')} ${h264} -g 10 -movflags dash+global_sidx`,
  },
  { name: 'smooth.ismv', make: `${picture()} ${tone} ${h264} -c:a aac` },
  { name: 'ipod.m4v', make: `${picture()} ${tone} ${h264} -c:a aac -f ipod` },
  { name: 'psp.mp4', make: `${picture('176x144', '30000/1001')} ${tone} ${h264} -c:a aac -f psp` },
  {
    name: 'phone.3gp',
    make: `${picture('176x144', '15')} ${tone} -c:v h263 -c:a libopencore_amrnb -ar 8000 -ac 1`,
  },
  { name: 'phone-h264.3gp', make: `${picture('176x144', '15')} ${tone} ${h264} -c:a aac` },
  { name: 'phone.3g2', make: `${picture('176x144', '15')} ${tone} -c:v mpeg4 -c:a aac` },
  { name: 'timescale.mp4', make: `${picture('160x120', '30')} ${h264} -video_track_timescale 600` },
  {
    name: 'subtitled.mp4',
    make: `${picture()} ${tone} -f srt -i {words.srt} ${h264} -c:a aac -c:s mov_text -metadata:s:s:0 language=eng`,
  },
  { name: 'vp9.mp4', make: `${picture()} ${vp9}` },
  { name: 'flac.mp4', make: `${picture()} ${tone} ${h264} -c:a flac -strict -2` },
  { name: 'opus.mp4', make: `${picture()} ${tone} ${h264} -c:a libopus -strict -2` },
  { name: 'hevc-tagged.mp4', make: `${picture()} ${hevc} -tag:v hvc1` },
  { name: 'avc3.mp4', make: `${picture()} ${h264} -tag:v avc3` },
  {
    name: 'timecode.mov',
    make: `${picture('160x120', '30000/1001')} ${h264} -timecode 01:00:00;00`,
  },
  {
    name: 'apple.mov',
    make: `${picture()} ${h264}`,
    copy: '-c copy -movflags use_metadata_tags -metadata com.apple.quicktime.creationdate=2019-06-01T12:30:00+0200 -metadata creation_time=2020-01-01T00:00:00Z',
  },
  {
    name: 'prores.mov',
    make: `${picture('320x180', '24000/1001')} ${tone} -c:v prores_ks -profile:v 3 -c:a pcm_s24le -ac 2`,
  },
  { name: 'prores-aspect.mov', make: `${picture('320x180')} -vf setsar=4/3 -c:v prores_ks` },
  {
    name: 'dnxhd.mov',
    make: `${picture('1920x1080', '25', '0.08')} -c:v dnxhd -b:v 120M -pix_fmt yuv422p`,
  },
  {
    name: 'dv.mov',
    make: `${picture('720x576')} ${tone} -c:v dvvideo -pix_fmt yuv420p -c:a pcm_s16le -ac 2`,
  },
  { name: 'qtrle.mov', make: `${picture()} -c:v qtrle` },
  { name: 'png.mov', make: `${picture()} -c:v png` },
  ...[
    'pcm_s16be',
    'pcm_s16le',
    'pcm_s24le',
    'pcm_f32le',
    'pcm_u8',
    'pcm_mulaw',
    'adpcm_ima_qt',
  ].map((codec) => ({
    name: `${codec}.mov`,
    make: `${picture()} ${tone} ${h264} -c:a ${codec} -ac 2`,
  })),
];

const matroskaOnly: Recipe[] = [
  { name: 'vp8.webm', make: `${picture()} -c:v libvpx -deadline realtime -cpu-used 8` },
  { name: 'vp9-opus.webm', make: `${picture()} ${tone} ${vp9} -c:a libopus` },
  { name: 'vp9-aspect.webm', make: `${picture()} -vf setsar=4/3 ${vp9}` },
  { name: 'vp9-10bit.webm', make: `${picture()} ${vp9} -pix_fmt yuv420p10le` },
  { name: 'vorbis.webm', make: `${picture()} ${tone} ${vp9} -c:a libvorbis -ac 2` },
  { name: 'live.webm', make: `${picture()} ${tone} ${vp9} -c:a libopus -live 1` },
  { name: 'live.mkv', make: `${picture()} ${tone} ${h264} -c:a aac -live 1` },
  { name: 'theora-flac.mkv', make: `${picture()} ${tone} -c:v libtheora -c:a flac` },
  { name: 'ffv1-pcm.mkv', make: `${picture()} ${tone} -c:v ffv1 -c:a pcm_s16le -ac 2` },
  { name: 'xvid.mkv', make: `${picture()} ${tone} -c:v libxvid -c:a libmp3lame` },
  { name: 'opus-six.mkv', make: `${picture()} ${tone} ${h264} -c:a libopus -ac 6` },
  {
    name: 'subtitled.mkv',
    make: `${picture()} -f srt -i {words.srt} ${h264} -c:s srt -metadata:s:s:0 language=ger`,
  },
  {
    name: 'small-clusters.mkv',
    make: `${picture('160x120', '25', '2')} ${h264} -cluster_time_limit 100`,
  },
  { name: 'reserved-index.mkv', make: `${picture()} ${h264} -reserve_index_space 50000` },
  { name: 'stereo.mkv', make: `${picture()} ${h264} -metadata:s:v:0 stereo_mode=left_right` },
];

const RECIPES: readonly Recipe[] = [
  ...['mp4', 'mov', 'mkv'].flatMap(common),
  ...isoOnly,
  ...matroskaOnly,
];

const SUBTITLES = '1\n00:00:00,000 --> 00:00:00,300\nHello\n';

/** Real-world files that Debian's packages install, where they are. */
const WILD_FOLDERS = [
  '/usr/share/gocode/src/github.com/gabriel-vasile/mimetype/testdata',
  '/usr/share/forensics-samples/original-files/movie1',
  '/usr/share/forensics-samples/original-files/movie2',
];
const FAMILY = /\.(mp4|m4v|mov|3gp|3g2|mkv|webm|ismv)$/i;

/**
 * Makes every file of the corpus that this ffmpeg can make, a few at a time.
 * @param folder an empty one
 * @returns absolute paths; those of real-world files that are on this machine come last
 */
export async function makeHeaderCorpus(folder: string): Promise<string[]> {
  const subtitles = join(folder, 'words.srt');
  await (await import('node:fs/promises')).writeFile(subtitles, SUBTITLES);
  const waiting = [...RECIPES];
  const made: string[] = [];
  const worker = async () => {
    for (let recipe = waiting.shift(); recipe; recipe = waiting.shift()) {
      const path = join(folder, recipe.name);
      if (await make(recipe, path, subtitles)) made.push(path);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return [...made.sort(), ...(await wildFiles())];
}

/** @returns whether the container takes what the recipe puts into it */
async function make({ make, copy }: Recipe, path: string, subtitles: string): Promise<boolean> {
  const target = copy === undefined ? path : path.replace(/(\.\w+)$/, '.first$1');
  try {
    await runFfmpeg(...words(make.replaceAll('{words.srt}', subtitles)), target);
    if (copy !== undefined) {
      await runFfmpeg('-i', target, ...words(copy), path);
      await rename(target, `${target}.used`);
    }
    return true;
  } catch {
    return false; // ProRes does not go into Matroska, and so on
  }
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

async function runFfmpeg(...rest: string[]): Promise<void> {
  await run(ffmpeg.path, ['-v', 'error', '-nostdin', '-y', '-threads', '1', ...rest]);
}

async function wildFiles(): Promise<string[]> {
  const files: string[] = [];
  for (const folder of WILD_FOLDERS.filter((path) => existsSync(path))) {
    for (const name of await readdir(folder)) {
      if (FAMILY.test(name)) files.push(join(folder, name));
    }
  }
  return files;
}
