import type { ToolSource } from '../children/tool-input';
import { openWithoutBlocking } from '../open-file';

/**
 * How a file tells the times of its pictures. `each`: of every one. `some`: the others are counted, which goes wrong
 * where pictures are left out, and right behind a jump. `none`: there is no container, so all are counted from the start.
 */
export type Timing = 'each' | 'some' | 'none';

/** What the first bytes of a file tell of its container. */
export interface Container {
  timing: Timing;
  /** Its headers, or those in its streams, tell all that a decoder has to know. */
  describesStreams: boolean;
}

const UNKNOWN: Container = { timing: 'each', describesStreams: false };

const BEGINNINGS: readonly { at: number; bytes: Buffer; container: Container }[] = [
  { at: 4, bytes: Buffer.from('ftyp'), container: { timing: 'each', describesStreams: true } },
  // Matroska and WebM.
  {
    at: 0,
    bytes: Buffer.from([0x1a, 0x45, 0xdf, 0xa3]),
    container: { timing: 'each', describesStreams: true },
  },
  { at: 8, bytes: Buffer.from('AVI '), container: { timing: 'some', describesStreams: false } },
  // An MPEG programme stream; any other start code is bare video.
  {
    at: 0,
    bytes: Buffer.from([0, 0, 1, 0xba]),
    container: { timing: 'some', describesStreams: false },
  },
  { at: 0, bytes: Buffer.from([0, 0, 1]), container: { timing: 'none', describesStreams: false } },
  {
    at: 0,
    bytes: Buffer.from([0, 0, 0, 1]),
    container: { timing: 'none', describesStreams: false },
  },
  // An MPEG transport stream, and one whose packets have the time before them.
  { at: 0, bytes: Buffer.from([0x47]), container: { timing: 'each', describesStreams: true } },
  { at: 4, bytes: Buffer.from([0x47]), container: { timing: 'each', describesStreams: true } },
];

/**
 * Tells it by the first bytes of a file.
 * @throws NodeJS.ErrnoException when it cannot be opened
 */
export async function readContainer({ path, pathBytes }: ToolSource): Promise<Container> {
  const file = await openWithoutBlocking(pathBytes ? Buffer.from(pathBytes) : path);
  if (!file) return UNKNOWN;
  try {
    const head = Buffer.alloc(12);
    await file.readAt(head, 0);
    const known = BEGINNINGS.find(({ at, bytes }) =>
      bytes.equals(head.subarray(at, at + bytes.length)),
    );
    return known?.container ?? UNKNOWN;
  } finally {
    await file.close();
  }
}
