import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { VitrineError } from '../../shared/errors';
import type { VideoPlace } from '../../shared/library-protocol';
import type { Playback } from '../../shared/playback';
import type { PlayableFacts, PlaybackApi, PreparedPlayback } from '../../shared/playback-protocol';
import type { ProbeAnswer } from '../probe/prober';
import { diskFileSystem } from '../scan/file-system';
import { type Encoder, SOFTWARE_ENCODER } from './encoders';
import { FileSource } from './file-source';
import { chooseWay, planStream, startOf } from './plan';
import { folderOf, pathOf } from './playback-paths';
import { type SubtitleFile, subtitleFilesOf } from './subtitle-files';
import { audioTracks, type CanDecode, subtitleTracks } from './tracks';

/** What has to be asked to prepare a playback. */
export interface PreparationTools {
  probe(file: VideoPlace): Promise<ProbeAnswer>;
  /** Names of the codecs that ffmpeg decodes. */
  codecs(): Promise<ReadonlySet<string>>;
  encoder(): Promise<Encoder>;
}

/** @throws VitrineError as {@link PlaybackApi.preparePlayback} */
export async function preparePlayback(
  { file, facts: known, choice }: PlaybackApi['procedures']['preparePlayback']['request'],
  tools: PreparationTools,
): Promise<PreparedPlayback> {
  await confirmThere(file);
  const facts = known ?? (await probed(file, tools));
  if ('reason' in facts) return facts;
  const codecs = await tools.codecs();
  const canDecode: CanDecode = (codec) => codecs.has(codec);
  const way = chooseWay(facts, choice, canDecode);
  if (way.kind === 'unplayable') return way;
  const encoder = way.mode === 'transcode' ? await tools.encoder() : SOFTWARE_ENCODER;
  const files = await subtitleFiles(file, facts);
  const stream = planStream(way, facts, encoder);
  return {
    kind: 'playable',
    playback: {
      ...tracksOf(facts, files, canDecode),
      ...{ mode: way.mode, mimeType: way.mimeType, audioIndex: way.audio?.index ?? null },
      durationSeconds: facts.durationUs === null ? null : facts.durationUs / 1_000_000,
      // What is made for the page has times of the video already.
      zeroSeconds: way.mode === 'direct' ? startOf(facts.streams) : 0,
      frameSeconds: stream?.picture?.frameSeconds ?? frameSecondsOf(way.video.averageFrameRate),
      encoder: stream?.picture?.encoder ?? null,
    },
    plan: {
      file,
      stream,
      subtitles: [
        ...subtitleTracks(facts.streams, canDecode).map(({ index }) => ({
          ...{ kind: 'stream' as const, index },
        })),
        ...files.map(({ source }) => source),
      ],
    },
  };
}

/** Why a file cannot be opened is told before anything else. */
async function confirmThere(file: VideoPlace): Promise<void> {
  try {
    (await FileSource.open(pathOf(file))).close();
  } catch (thrown) {
    const { rootPath } = file;
    const isRootThere = await stat(rootPath).then(
      () => true,
      () => false,
    );
    if (isRootThere) throw thrown;
    throw new VitrineError('ROOT_OFFLINE', 'Its folder cannot be reached.', { path: rootPath });
  }
}

function tracksOf(
  { streams }: PlayableFacts,
  files: readonly SubtitleFile[],
  canDecode: CanDecode,
): Pick<Playback, 'audioTracks' | 'subtitleTracks'> {
  return {
    audioTracks: audioTracks(streams, canDecode),
    subtitleTracks: [...subtitleTracks(streams, canDecode), ...files.map(({ track }) => track)],
  };
}

async function probed(
  file: VideoPlace,
  tools: PreparationTools,
): Promise<PlayableFacts | Extract<PreparedPlayback, { kind: 'unplayable' }>> {
  const answer = await tools.probe(file);
  if (answer.kind === 'probed') return answer.media;
  return { kind: 'unplayable', reason: answer.failure.message };
}

async function subtitleFiles(
  file: VideoPlace,
  { streams }: PlayableFacts,
): Promise<SubtitleFile[]> {
  const firstIndex = Math.max(-1, ...streams.map(({ index }) => index)) + 1;
  try {
    const entries = await diskFileSystem.listFolder(folderOf(file));
    return subtitleFilesOf(basename(file.path), entries, firstIndex);
  } catch {
    // The folder may not be listed: its subtitles are not to be had then, and the video is.
    return [];
  }
}

function frameSecondsOf(frameRate: string | null): number | null {
  const [numerator = 0, denominator = 0] = (frameRate ?? '').split('/').map(Number);
  return numerator > 0 && denominator > 0 ? denominator / numerator : null;
}
