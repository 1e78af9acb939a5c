import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CLIP_KINDS, clipExtension, createClip } from '../../../e2e/fixtures/media-factory';
import { previewOf } from '../testing/preview-setup';
import { temporaryFolder } from '../testing/temporary-folder';

it.each(CLIP_KINDS)('a filmstrip over the whole length is made of %s', async (kind) => {
  const path = join(await temporaryFolder(), `clip.${clipExtension(kind)}`);
  const { width, height } = await createClip(path, kind, { seconds: 4 });
  const { preview, frames } = await previewOf(path);
  expect(preview.poster.width / preview.poster.height).toBeCloseTo(width / height, 1);
  expect(frames).toHaveLength(25);
  expect(frames[0]?.seconds).toBeLessThan(0.3);
  expect(frames.at(-1)?.seconds).toBeGreaterThan(3.7);
});
