import type { ToolSource } from '../children/tool-input';
import { openWithoutBlocking } from '../open-file';

/**
 * How a file tells the times of its pictures. `each`: of every one. `some`: the others are counted, which goes wrong
 * where pictures are left out, and right behind a jump. `none`: there is no container, so all are counted from the start.
 */
export type Timing = 'each' | 'some' | 'none';

const BEGINNINGS: readonly { at: number; bytes: Buffer; timing: Timing }[] = [
  { at: 8, bytes: Buffer.from('AVI '), timing: 'some' },
  // An MPEG programme stream; any other start code is bare video.
  { at: 0, bytes: Buffer.from([0, 0, 1, 0xba]), timing: 'some' },
  { at: 0, bytes: Buffer.from([0, 0, 1]), timing: 'none' },
  { at: 0, bytes: Buffer.from([0, 0, 0, 1]), timing: 'none' },
];

/**
 * Tells it by the first bytes of a file.
 * @throws NodeJS.ErrnoException when it cannot be opened
 */
export async function readTiming({ path, pathBytes }: ToolSource): Promise<Timing> {
  const file = await openWithoutBlocking(pathBytes ? Buffer.from(pathBytes) : path);
  if (!file) return 'each';
  try {
    const head = Buffer.alloc(12);
    await file.readAt(head, 0);
    const known = BEGINNINGS.find(({ at, bytes }) =>
      bytes.equals(head.subarray(at, at + bytes.length)),
    );
    return known?.timing ?? 'each';
  } finally {
    await file.close();
  }
}
