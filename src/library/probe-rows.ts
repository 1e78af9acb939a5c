import type { HeaderFacts, HeaderReport } from '../shared/library-protocol';
import type { ProbedMedia, Problem, Stream } from '../shared/media';
import type { Connection } from './connection';
import { DUE } from './previews/due-videos';
import { FORGET_PREVIEWS } from './previews/forget-previews';

/** The version of the file that was probed. */
export interface ProbedVersion {
  videoId: number;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  /** Null when it is not known. */
  contentHash: Uint8Array | null;
}

/** Everything that a probe leaves in the library. */
export class ProbeRows {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** Replaces all that was known of the file. */
  writeMedia(version: ProbedVersion, media: ProbedMedia, jsonDeflated: Uint8Array): void {
    const { videoId } = version;
    this.#clear(videoId);
    this.#writeFacts(version, media, 'ok');
    const { location } = media;
    this.#statements.details.run({
      videoId,
      formatName: media.formatName,
      timecode: media.timecode,
      cameraMake: media.cameraMake,
      cameraModel: media.cameraModel,
      latitude: location?.latitude ?? null,
      longitude: location?.longitude ?? null,
      altitude: location?.altitude ?? null,
      title: media.title,
    });
    for (const stream of media.streams) this.#writeStream(videoId, stream);
    media.chapters.forEach((chapter, position) => {
      const { startSeconds, endSeconds, title } = chapter;
      this.#statements.chapter.run(videoId, position, startSeconds, endSeconds, title);
    });
    this.#statements.probe.run(videoId, jsonDeflated);
  }

  /**
   * Keeps what a header tells, unless the row is of another version by now, or more is known of it already. What was
   * known of an older version goes.
   * @returns whether it was kept
   */
  writeHeader({ videoId, sizeBytes, mtimeMs }: HeaderReport, facts: HeaderFacts): boolean {
    const row = { videoId, sizeBytes, mtimeMs, ...factColumns(facts) };
    const kept = this.#statements.header.get(row);
    // Only a probe leaves more than facts, so that there is nothing to clear of a new file.
    if (kept?.wasProbed === 1) this.#clear(videoId);
    return kept !== undefined;
  }

  /** The file cannot be read: what was known belonged to an older version and goes. */
  writeProblem(version: ProbedVersion, problem: Problem): void {
    this.#clear(version.videoId);
    this.#writeFacts(version, null, 'unreadable');
    this.#statements.problem.run({ videoId: version.videoId, ...problem });
  }

  #writeFacts(version: ProbedVersion, media: ProbedMedia | null, state: 'ok' | 'unreadable'): void {
    this.#statements.forgetPreviews.run(version);
    const hasPictures = media?.streams.some(({ type }) => type === 'video') ?? true;
    const facts = { ...factColumns(media), state, hasPictures: Number(hasPictures) };
    this.#statements.facts.run({ ...version, ...facts, now: this.#now() });
  }

  #clear(videoId: number): void {
    for (const statement of this.#statements.clear) statement.run(videoId);
  }

  #writeStream(videoId: number, stream: Stream): void {
    this.#statements.stream.run({
      videoId,
      index: stream.index,
      type: stream.type,
      codec: stream.codec,
      language: stream.language,
      channels: stream.type === 'audio' ? whole(stream.channels) : null,
      detail: JSON.stringify(stream),
    });
  }
}

function factColumns(media: HeaderFacts | null) {
  const [numerator, denominator] = media?.frameRate?.split('/').map(Number) ?? [];
  const width = whole(media?.width);
  const height = whole(media?.height);
  return {
    container: media?.container ?? null,
    durationUs: whole(media?.durationUs),
    width,
    height,
    pixels: width === null || height === null ? null : whole(width * height),
    rotation: whole(media?.rotation),
    frameRateNumerator: whole(numerator),
    frameRateDenominator: whole(denominator),
    frameRate: numerator === undefined || !denominator ? null : numerator / denominator,
    variableFrameRate: whole(flag(media?.variableFrameRate)),
    videoCodec: media?.videoCodec ?? null,
    audioCodec: media?.audioCodec ?? null,
    audioChannels: whole(media?.audioChannels),
    bitRate: whole(media?.bitRate),
    hdr: media?.hdr ?? null,
    bitDepth: whole(media?.bitDepth),
    recordedAt: whole(media?.recordedAtMs),
  };
}

function flag(value: boolean | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

/** The tables are strict: a fraction or a number beyond 64 bits from a hostile file must not fail the scan. */
function whole(value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : null;
}

const FACTS = `container = @container, duration_us = @durationUs, width = @width, height = @height,
  pixels = @pixels, rotation = @rotation, frame_rate = @frameRate, frame_rate_num = @frameRateNumerator,
  frame_rate_den = @frameRateDenominator, variable_frame_rate = @variableFrameRate,
  video_codec = @videoCodec, audio_codec = @audioCodec, audio_channels = @audioChannels,
  bit_rate = @bitRate, hdr = @hdr, bit_depth = @bitDepth, recorded_at = @recordedAt`;

function prepareStatements(database: Connection) {
  const owned = ['streams', 'chapters', 'video_details', 'probes', 'problems'];
  return {
    clear: owned.map((table) => database.prepare(`DELETE FROM ${table} WHERE video_id = ?`)),
    facts: database.prepare(`
      UPDATE videos SET size_bytes = @sizeBytes, mtime_ms = @mtimeMs, inode = @inode, state = @state,
        missing_since = NULL, probe_level = 'full', needs_probe = 0, probed_at = @now,
        content_hash = @contentHash, ${FACTS}, previews_due = iif(@hasPictures,
          iif(size_bytes = @sizeBytes AND mtime_ms = @mtimeMs, previews_due, ${DUE.poster}), ${DUE.nothing})
      WHERE id = @videoId`),
    // The file may have changed since it was found.
    forgetPreviews: database.prepare(`${FORGET_PREVIEWS} AND NOT EXISTS (
      SELECT 1 FROM videos WHERE id = @videoId AND size_bytes = @sizeBytes AND mtime_ms = @mtimeMs)`),
    header: database.prepare<unknown[], { wasProbed: number }>(`
      UPDATE videos SET probe_level = 'quick', ${FACTS}
      WHERE id = @videoId AND size_bytes = @sizeBytes AND mtime_ms = @mtimeMs
        AND needs_probe = 1 AND state = 'ok'
      RETURNING probed_at IS NOT NULL AS wasProbed`),
    details: database.prepare(`
      INSERT INTO video_details (video_id, format_name, timecode, camera_make, camera_model,
        latitude, longitude, altitude, title)
      VALUES (@videoId, @formatName, @timecode, @cameraMake, @cameraModel,
        @latitude, @longitude, @altitude, @title)`),
    // A hostile file may report one stream twice; the later one counts.
    stream: database.prepare(`
      INSERT OR REPLACE INTO streams (video_id, stream_index, type, codec, language, channels, detail)
      VALUES (@videoId, @index, @type, @codec, @language, @channels, @detail)`),
    chapter: database.prepare('INSERT INTO chapters VALUES (?, ?, ?, ?, ?)'),
    probe: database.prepare('INSERT INTO probes VALUES (?, ?)'),
    problem: database.prepare(`
      INSERT INTO problems (video_id, stage, code, message, tool_output, occurred_at)
      VALUES (@videoId, @stage, @code, @message, @toolOutput, @occurredAt)`),
  };
}
