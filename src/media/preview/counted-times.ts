import type { ToolSource } from '../children/tool-input';
import { openWithoutBlocking } from '../open-file';

/** How files begin that do not tell every picture's time: AVI, and MPEG programme and bare MPEG-1 and -2 streams. */
const BEGINNINGS: readonly { at: number; bytes: Buffer }[] = [
  { at: 8, bytes: Buffer.from('AVI ') },
  { at: 0, bytes: Buffer.from([0, 0, 1, 0xba]) },
  { at: 0, bytes: Buffer.from([0, 0, 1, 0xb3]) },
];

/**
 * Whether the times of a file's pictures are counted by whoever decodes it.
 * @throws NodeJS.ErrnoException when it cannot be opened
 */
export async function countsTimes({ path, pathBytes }: ToolSource): Promise<boolean> {
  const file = await openWithoutBlocking(pathBytes ? Buffer.from(pathBytes) : path);
  if (!file) return false;
  try {
    const head = Buffer.alloc(12);
    await file.readAt(head, 0);
    return BEGINNINGS.some(({ at, bytes }) => bytes.equals(head.subarray(at, at + bytes.length)));
  } finally {
    await file.close();
  }
}
