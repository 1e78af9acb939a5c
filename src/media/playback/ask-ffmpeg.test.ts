import { expect, it, onTestFinished } from 'vitest';
import { ChildGuard } from '../children/child-guard';
import { fakeFfmpeg } from '../testing/fake-ffprobe';
import { temporaryFolder } from '../testing/temporary-folder';
import { decodedCodecs } from './ask-ffmpeg';

it.skipIf(process.platform === 'win32')(
  'an ffmpeg that is ended while it is asked has not said that it decodes nothing',
  async () => {
    const guard = new ChildGuard();
    onTestFinished(() => guard.dispose());
    const ffmpegPath = await fakeFfmpeg(await temporaryFolder(), 'interrupted', '');
    for (let ended = 0; ended < 3; ended++) {
      await expect(decodedCodecs(ffmpegPath, guard)).rejects.toMatchObject({ code: 'SYSTEM_BUSY' });
    }
    expect(await decodedCodecs(ffmpegPath, guard)).toContain('h264');
  },
);
