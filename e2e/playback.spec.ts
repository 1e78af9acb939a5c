import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type ClipKind, clipExtension, createClip } from './fixtures/media-factory';
import { PlayerPage } from './fixtures/player-page';
import { expect, test } from './fixtures/test';
import type { VitrineApp, Workplace } from './fixtures/vitrine-app';

const FRAMES_PER_SECOND = 25;
const SECONDS = 20;

/** A folder with one numbered clip of each kind, scanned; answers the videos' IDs by kind. */
async function numbered(
  app: VitrineApp,
  place: Workplace,
  kinds: readonly ClipKind[],
): Promise<Map<ClipKind, number>> {
  const folder = join(place.folder, 'clips');
  mkdirSync(folder);
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000);
  for (const kind of kinds) {
    const file = join(folder, `${kind}.${clipExtension(kind)}`);
    await createClip(file, kind, { seconds: SECONDS, picture: 'numbered' });
    utimesSync(file, yesterday, yesterday);
  }
  await app.scanned(folder);
  const videos = await app.videos();
  return new Map(
    videos.map(({ id, name }) => [name.slice(0, name.lastIndexOf('.')) as ClipKind, id]),
  );
}

const PLAYED: Partial<Record<ClipKind, string>> = {
  'mp4-h264-aac': 'direct',
  'webm-vp9-opus': 'direct',
  'mkv-h264-ac3': 'remux',
  'avi-mpeg4-mp3': 'transcode',
  'mov-prores-pcm': 'transcode',
};

test('every kind plays, and a seek shows the picture of that time', async ({ app, place }) => {
  const kinds = Object.keys(PLAYED) as ClipKind[];
  const ids = await numbered(app, place, kinds);
  const page = await PlayerPage.of(app);
  for (const kind of kinds) {
    await test.step(kind, async () => {
      const { mode, shown } = await page.open({ videoId: ids.get(kind) ?? 0 });
      console.warn(kind, mode, shown);
      expect(mode).toBe(PLAYED[kind]);
      for (const time of [7.3, 18.02, 2.5, 2.6, 12.9, 0]) {
        const sought = await page.seek(time);
        console.warn(time, time * 25, sought);
        expect(Math.abs(sought.frame - Math.floor(time * FRAMES_PER_SECOND))).toBeLessThanOrEqual(2);
      }
      expect(await page.play(1)).toBeGreaterThanOrEqual(1);
      console.warn(await page.state());
    });
  }
});
