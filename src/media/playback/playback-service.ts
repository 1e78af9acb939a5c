import { VitrineError } from '../../shared/errors';
import type { VideoPlace } from '../../shared/library-protocol';
import type {
  PlaybackApi,
  PlaybackPlan,
  StreamWish,
  SubtitleSource,
} from '../../shared/playback-protocol';
import type { RpcHandlers } from '../../shared/rpc';
import { ChildGuard } from '../children/child-guard';
import { openInput } from '../children/tool-input';
import type { Prober } from '../probe/prober';
import { decodedCodecs, workingEncoder } from './ask-ffmpeg';
import type { ByteSource } from './byte-source';
import { FileSource } from './file-source';
import { OpenStreams } from './open-streams';
import { besideOf, inputOf, pathOf } from './playback-paths';
import { preparePlayback } from './prepare-playback';
import { streamArguments, subtitleArguments, subtitleFileArguments } from './stream-arguments';
import { decodeSubtitle } from './subtitle-text';
import { ToolSource } from './tool-source';

/** A subtitle file is text: what is larger is none. */
const MOST_SUBTITLE_BYTES = 10 * 1024 * 1024;

interface PlaybackServiceOptions {
  /** Absolute path of the ffmpeg executable. */
  ffmpegPath: string;
  prober: Prober;
  /** Milliseconds after which a stream that nobody reads is ended. */
  idleMs?: number;
}

/** Plays files: finds out how, and serves their bytes to whoever asks for the next ones. */
export interface PlaybackService {
  procedures: RpcHandlers<PlaybackApi>;
  /** Kills every child. */
  dispose(): void;
}

export function createPlaybackService(options: PlaybackServiceOptions): PlaybackService {
  const { ffmpegPath, prober } = options;
  const guard = new ChildGuard();
  const streams = new OpenStreams(options.idleMs);
  const codecs = rememberedOnce(() => decodedCodecs(ffmpegPath, guard));
  const encoder = rememberedOnce(() => workingEncoder(ffmpegPath, guard));

  const toolOn = async (file: VideoPlace, wordsFor: (source: string) => string[]) => {
    const { source, descriptor, close } = await openInput(inputOf(file));
    try {
      const run = { toolPath: ffmpegPath, arguments: wordsFor(source), descriptor, input: null };
      return new ToolSource(run, guard);
    } finally {
      // The child has its own by now.
      await close();
    }
  };

  const openSubtitle = async (file: VideoPlace, subtitle: SubtitleSource) => {
    if (subtitle.kind === 'stream') {
      return toolOn(file, (source) => subtitleArguments(source, subtitle.index));
    }
    const bytes = await FileSource.readAll(besideOf(file, subtitle), MOST_SUBTITLE_BYTES);
    const input = Buffer.from(decodeSubtitle(bytes));
    const words = subtitleFileArguments(subtitle.format);
    const run = { toolPath: ffmpegPath, arguments: words, descriptor: null, input };
    return new ToolSource(run, guard);
  };

  const open = (plan: PlaybackPlan, wish: StreamWish): Promise<ByteSource> => {
    const { file, stream, subtitles } = plan;
    switch (wish.kind) {
      case 'file':
        return FileSource.open(pathOf(file));
      case 'media':
        if (!stream) throw new VitrineError('INVALID_REQUEST', 'It is played as it is.');
        return toolOn(file, (source) => streamArguments(source, stream, wish));
      case 'subtitle': {
        const subtitle = subtitles.find(({ index }) => index === wish.index);
        if (!subtitle) throw new VitrineError('INVALID_REQUEST', 'There is no such subtitle.');
        return openSubtitle(file, subtitle);
      }
    }
  };

  return {
    procedures: {
      preparePlayback: (request, { signal }) => {
        const probe = (file: VideoPlace) => prober.probe(inputOf(file), signal);
        return preparePlayback(request, { probe, codecs, encoder });
      },
      openStream: async ({ plan, wish }) => streams.add(await open(plan, wish)),
      readStream: (request) => streams.read(request),
      closeStream: ({ streamId }) => {
        streams.close(streamId);
        return null;
      },
    },
    dispose: () => {
      streams.dispose();
      guard.dispose();
    },
  };
}

/** The answer of the first call that did not fail. */
function rememberedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask().catch((thrown: unknown) => {
      answer = null;
      throw thrown;
    });
    return answer;
  };
}
