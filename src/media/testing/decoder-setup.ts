import { basename } from 'node:path';
import { onTestFinished } from 'vitest';
import { ffmpegPath } from '../tools';
import {
  createDecoder,
  type DecodeAnswer,
  type Decoder,
  type DecoderOptions,
} from '../verify/decoder';

/** A decoder with the bundled ffmpeg, or another, that is disposed when the test ends. */
export function testDecoder(options: Partial<DecoderOptions> = {}): Decoder {
  const decoder = createDecoder({ ffmpegPath, threads: 1, ...options });
  onTestFinished(() => decoder.dispose());
  return decoder;
}

/** Decodes one file. */
export function decodeFile(
  path: string,
  options: {
    decoder?: Decoder;
    frameCount?: number;
    pathBytes?: Uint8Array;
    signal?: AbortSignal;
    onProgress?: (seconds: number) => void;
  } = {},
): Promise<DecodeAnswer> {
  const { decoder = testDecoder(), frameCount = null, pathBytes = null } = options;
  return decoder.decode(
    {
      source: { path, pathBytes, name: basename(path) },
      frameCount,
      onProgress: options.onProgress ?? (() => undefined),
    },
    options.signal ?? new AbortController().signal,
  );
}
