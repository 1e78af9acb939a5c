import type { FileHandle } from 'node:fs/promises';
import { VitrineError } from '../../shared/errors';
import { openFile } from '../open-file';
import { isGone, type RawPath } from '../scan/file-system';
import type { ByteSource } from './byte-source';

/** A file as it is, from any place. It is opened once, so that all parts are of one version. */
export class FileSource implements ByteSource {
  readonly sizeBytes: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, sizeBytes: number) {
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
  }

  /** @throws VitrineError FILE_NOT_FOUND, PERMISSION_DENIED, INTERNAL */
  static async open(path: RawPath): Promise<FileSource> {
    const file = await openFile(path).catch((thrown: unknown) => {
      throw openError(thrown);
    });
    if (!file) throw new VitrineError('FILE_NOT_FOUND', 'It is no file any more.');
    return new FileSource(file.handle, file.stats.size);
  }

  /**
   * The first bytes of a small file.
   * @throws VitrineError as {@link FileSource.open}
   */
  static async readAll(path: RawPath, maxBytes: number): Promise<Uint8Array> {
    const source = await FileSource.open(path);
    try {
      const parts: Uint8Array[] = [];
      const end = Math.min(maxBytes, source.sizeBytes);
      for (let position = 0; position < end; ) {
        const part = await source.read(position, end - position);
        if (!part) break;
        parts.push(part);
        position += part.length;
      }
      return Buffer.concat(parts);
    } finally {
      source.close();
    }
  }

  async read(position: number, maxBytes: number): Promise<Uint8Array | null> {
    const length = Math.min(maxBytes, this.sizeBytes - position);
    if (length <= 0) return null;
    const buffer = Buffer.allocUnsafeSlow(length);
    const { bytesRead } = await this.#handle.read(buffer, 0, length, position);
    // It became shorter.
    if (bytesRead === 0) throw new VitrineError('INTERNAL', 'The file ended before its end.');
    return buffer.subarray(0, bytesRead);
  }

  close(): void {
    // A drive that is gone complains, and there is nothing to be done about it.
    this.#handle.close().catch(() => undefined);
  }
}

/** Why a file cannot be opened. */
function openError(thrown: unknown): VitrineError {
  if (thrown instanceof VitrineError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (isGone(thrown)) return new VitrineError('FILE_NOT_FOUND', message);
  const { code } = thrown as NodeJS.ErrnoException;
  const isDenied = code === 'EACCES' || code === 'EPERM';
  return new VitrineError(isDenied ? 'PERMISSION_DENIED' : 'INTERNAL', message);
}
