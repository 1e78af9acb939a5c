import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { FolderPlace } from '../../shared/root-place';
import type { AskLibrary } from './ask-library';
import { toKnownRoot } from './known-root';
import type { MediaPeer } from './runners';

const ROOT = { rootId: 7, volumeIdentity: 'uuid:a', pathOnVolume: '/clips' };

function place(identity: string | null, pathOnVolume: string | null): FolderPlace {
  return { device: 1, volume: { identity, label: null, kind: 'unknown' }, pathOnVolume };
}

/** A library with roots that may be meant, and a disk on which the folder is at a place. */
function system(candidates: (typeof ROOT)[], folder: FolderPlace | VitrineError) {
  const looks: unknown[] = [];
  const peer = {
    call: async (_name: string, request: unknown) => {
      looks.push(request);
      if (folder instanceof VitrineError) throw folder;
      return folder;
    },
  } as unknown as MediaPeer;
  const ask = (async () => candidates) as unknown as AskLibrary;
  return { looks, options: { ask, media: async () => peer } };
}

const SUBMISSION = { path: '/mnt/clips', acceptMissing: true } as const;

describe('a folder to be scanned', () => {
  it('that is a root on a drive mounted elsewhere is that root', async () => {
    const { options } = system([ROOT], place('uuid:a', '/clips'));
    expect(await toKnownRoot(SUBMISSION, options)).toEqual({ rootId: 7, acceptMissing: true });
  });

  it.each([
    ['on another drive', place('uuid:b', '/clips')],
    ['elsewhere on that drive', place('uuid:a', '/old/clips')],
    ['on a drive without identity', place(null, null)],
    ['that the disk says nothing of', new VitrineError('TIMEOUT', 'It hangs.')],
  ])('%s is a new one', async (_, folder) => {
    const { options } = system([ROOT], folder);
    expect(await toKnownRoot(SUBMISSION, options)).toEqual(SUBMISSION);
  });

  it('that can be no other root is not looked at', async () => {
    const { options, looks } = system([], place('uuid:a', '/clips'));
    expect(await toKnownRoot(SUBMISSION, options)).toEqual(SUBMISSION);
    expect(await toKnownRoot({ rootId: 3 }, options)).toEqual({ rootId: 3 });
    expect(looks).toEqual([]);
  });
});
