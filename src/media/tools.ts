import ffprobe from '@ffprobe-installer/ffprobe';

/**
 * Absolute path of the bundled ffprobe. Inside a package the executable lies beside the archive, since a program
 * cannot be started from within it.
 */
export const ffprobePath: string = ffprobe.path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
