import ffmpeg from '@ffmpeg-installer/ffmpeg';
import ffprobe from '@ffprobe-installer/ffprobe';

/** Absolute path of the bundled ffprobe. */
export const ffprobePath: string = outsideArchive(ffprobe.path);

/** Absolute path of the bundled ffmpeg. */
export const ffmpegPath: string = outsideArchive(ffmpeg.path);

/** Inside a package the executables lie beside the archive, since a program cannot be started from within it. */
function outsideArchive(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
