import { z } from 'zod';
import { editHistorySchema } from './edit';
import type { Result } from './errors';
import { JOB_PRIORITIES } from './job';
import { errorShapeSchema, jobStatusSchema } from './job-schema';
import { backupSchema, librarySummarySchema, WATCH_STATES } from './library';
import { problemSchema, videoDetailSchema, videoSummarySchema } from './media';
import { MENU_COMMAND_NAMES } from './menu-commands';
import { playbackSchema } from './playback';
import { filmstripSchema, previewCacheSchema } from './preview';
import { suggestionSchema } from './query/completion';
import { queryErrorSchema } from './query/query-node';
import {
  filterChangeSchema,
  filterOrderSchema,
  newFilterSchema,
  savedFilterSchema,
} from './saved-filter';
import { settingsChangeSchema, settingsSchema } from './settings';
import { userDataChannels } from './user-data-channels';
import {
  FACETS,
  facetCountSchema,
  MAX_QUERY_LENGTH,
  videoQuerySchema,
  videoScopeSchema,
} from './video-query';

const nothing = z.object({});
const jobId = z.object({ jobId: z.string().min(1).max(64) });
const rootId = z.object({ rootId: z.number().int().positive() });
const videoId = z.object({ id: z.number().int().positive() });
const videoIds = z.array(z.number().int().positive()).min(1).max(100_000);
const savedFilters = z.object({ filters: z.array(savedFilterSchema) });
/** Some problems, or all of them. */
const problemSelection = z.union([
  z.strictObject({ ids: videoIds }),
  z.strictObject({ all: z.literal(true) }),
]);

const watchStatusSchema = z.object({
  folders: z.array(
    z.object({
      rootId: z.number().int(),
      state: z.enum(WATCH_STATES),
      /** Why it is not `watching`, in words for the technical details. */
      reason: z.string().nullable(),
    }),
  ),
});

/** Largest page of videos that one request may ask for. */
const MAX_PAGE_SIZE = 500;

/**
 * The single list of what the page may ask of main: channel → request and response.
 * The preload, main's registration and the renderer's client are derived from it.
 */
export const contract = {
  'app.info': {
    request: nothing,
    response: z.object({
      version: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32']),
      electron: z.string(),
      libraryPath: z.string(),
    }),
  },
  /** Whether the library is open; the reason when it is not. Never fails. */
  'library.status': {
    request: nothing,
    response: z.discriminatedUnion('state', [
      z.object({ state: z.literal('opening') }),
      z.object({ state: z.literal('open') }),
      z.object({ state: z.literal('failed'), error: errorShapeSchema }),
    ]),
  },
  /** Tries again to open a library that failed to open. */
  'library.retry': { request: nothing, response: nothing },
  'library.summary': { request: nothing, response: librarySummarySchema },

  /** Shows the system's folder dialog. The chosen paths may be given to `scan.start` afterwards. */
  'roots.choose': { request: nothing, response: z.object({ paths: z.array(z.string()) }) },
  /** Takes a folder out of the library. Its rows and user data are kept and come back when it is added again. */
  'roots.remove': { request: rootId, response: nothing },

  /**
   * Queues a scan and answers as soon as its row is committed. A live scan of the same root is answered with its own ID.
   * `path` must be a root already, or one that the person chose in the dialog or dropped.
   */
  'scan.start': {
    request: z.union([
      /** `acceptMissing`: the person confirmed that videos which are not found are gone, however many. */
      z.strictObject({
        rootId: z.number().int().positive(),
        acceptMissing: z.boolean().optional(),
      }),
      z.strictObject({ path: z.string().min(1).max(32_768) }),
    ]),
    response: jobId,
  },
  'jobs.get': { request: jobId, response: jobStatusSchema },
  /** The newest jobs, and all that are not over; newest first. */
  'jobs.list': {
    request: z.object({ limit: z.number().int().min(1).max(500) }),
    response: z.object({ jobs: z.array(jobStatusSchema) }),
  },
  /** Answers once the job is cancelled in the library; its children die within 5 s. Terminal jobs stay as they are. */
  'jobs.cancel': { request: jobId, response: jobStatusSchema },
  /** Answers the job as it is then; a job in another state than the call is for stays as it is. */
  'jobs.pause': { request: jobId, response: jobStatusSchema },
  /** Queues a paused job again, and one that waits: it is tried now. */
  'jobs.resume': { request: jobId, response: jobStatusSchema },
  /** Queues a failed or cancelled job again, with clean counters, unless its target has a live job. */
  'jobs.retry': { request: jobId, response: jobStatusSchema },
  'jobs.setPriority': {
    request: jobId.extend({ priority: z.enum(JOB_PRIORITIES) }),
    response: jobStatusSchema,
  },

  /** Decodes videos completely, in the background, and keeps what is damaged where. */
  'verify.start': {
    request: z.union([
      z.strictObject({ videoIds }),
      /** `folder`: relative to the root, empty for all of it. */
      z.strictObject({ rootId: z.number().int().positive(), folder: z.string().max(32_768) }),
    ]),
    response: jobId,
  },

  /** Makes what pictures are missing, in the background; null when none are. */
  'previews.start': {
    request: nothing,
    response: z.object({ jobId: z.string().nullable() }),
  },
  /** How a video's sprite image lies. */
  'previews.filmstrip': { request: videoId, response: filmstripSchema },
  /** The pictures of these videos could not be shown, or are not liked: they are made again. */
  'previews.remake': { request: z.object({ ids: videoIds }), response: nothing },
  /** The picture at this time stands for the video from now on; null: what Vitrine chooses. */
  'previews.setPoster': {
    request: videoId.extend({ atSeconds: z.number().min(0).nullable() }),
    response: nothing,
  },
  'previews.cache': { request: nothing, response: previewCacheSchema },
  /** Throws away all pictures; they are made again as they are needed. */
  'previews.clear': { request: nothing, response: nothing },
  /** Where playing stopped; null: at the beginning or the end. */
  'player.savePosition': {
    request: videoId.extend({ seconds: z.number().min(0).nullable() }),
    response: nothing,
  },

  /** Rows `index` to `index + limit` of the query's order. */
  'videos.page': {
    request: z.object({
      query: videoQuerySchema,
      index: z.number().int().min(0),
      limit: z.number().int().min(1).max(MAX_PAGE_SIZE),
    }),
    response: z.object({
      videos: z.array(videoSummarySchema),
      total: z.number(),
      /** What of the query's text could not be understood. */
      errors: z.array(queryErrorSchema),
    }),
  },
  /**
   * How many of the query's videos have which values of the facets, most first. A facet's own filter, and terms that are
   * about it alone, are left aside, so that its counts tell what another choice would give.
   */
  'videos.facets': {
    request: z.object({
      query: videoQuerySchema,
      /** All when left out. */
      facets: z.array(z.enum(FACETS)).max(FACETS.length).exactOptional(),
    }),
    response: z.object({
      total: z.number(),
      facets: z.partialRecord(z.enum(FACETS), z.array(facetCountSchema)),
      errors: z.array(queryErrorSchema),
    }),
  },
  /** What may be meant by what is being typed at the cursor, best first: fields, then values with their counts. */
  'query.complete': {
    request: z.object({
      text: z.string().max(MAX_QUERY_LENGTH),
      cursor: z.number().int().min(0),
      /** Whose videos are counted; all when left out. */
      scope: videoScopeSchema.exactOptional(),
    }),
    response: z.object({ suggestions: z.array(suggestionSchema) }),
  },
  /** The queries that the person keeps, in their order. */
  'savedFilters.list': { request: nothing, response: savedFilters },
  'savedFilters.save': { request: newFilterSchema, response: z.object({ id: z.number() }) },
  /** Gives one another name or query. Fails with SAVED_FILTER_NOT_FOUND. */
  'savedFilters.change': { request: filterChangeSchema, response: nothing },
  'savedFilters.reorder': { request: filterOrderSchema, response: nothing },
  'savedFilters.remove': { request: savedFilterSchema.pick({ id: true }), response: nothing },
  'videos.get': { request: videoId, response: videoDetailSchema },
  /** Unreadable files, newest first, keyset: pass the last row's `cursor` for the next page. */
  'problems.list': {
    request: z.object({
      after: z.string().nullable(),
      limit: z.number().int().min(1).max(MAX_PAGE_SIZE),
    }),
    response: z.object({
      problems: z.array(
        z.object({ id: z.number(), path: z.string(), name: z.string(), problem: problemSchema }),
      ),
      next: z.string().nullable(),
    }),
  },
  /** Reads the files again by a scan of each folder that they are in. */
  'problems.retry': {
    request: problemSelection,
    response: z.object({ jobIds: z.array(z.string()) }),
  },
  /** Takes problems out of the list until their files change. The videos stay unreadable. */
  'problems.dismiss': { request: problemSelection, response: nothing },
  /** Puts a report on the problems on the clipboard: paths, codes, ffprobe's words, versions. */
  'problems.copyReport': { request: problemSelection, response: nothing },

  /** Copies of the library that were kept, newest first. Works also while the library cannot be opened. */
  'backups.list': { request: nothing, response: z.object({ backups: z.array(backupSchema) }) },
  /** Puts a backup in the library's place and opens it; what was there is kept beside it. */
  'backups.restore': { request: z.object({ backupId: z.string().max(200) }), response: nothing },

  'watch.status': { request: nothing, response: watchStatusSchema },
  'settings.get': { request: nothing, response: settingsSchema },
  /** Changes some settings; answers all that are kept then. */
  'settings.change': { request: settingsChangeSchema, response: settingsSchema },
  /** These videos are on screen: they are read before others. */
  'videos.readFirst': {
    request: z.object({ ids: z.array(z.number().int()).max(500) }),
    response: nothing,
  },
  /** Shows the file in the system's file manager. */
  'videos.reveal': { request: videoId, response: nothing },
  /** Opens the file with the program that the system has for it. */
  'videos.openExternally': { request: videoId, response: nothing },

  ...userDataChannels,

  /**
   * Finds out how a video can be played and opens it for `media://play/<playbackId>/…`, until it is closed or the page
   * is left. Fails with ROOT_OFFLINE, FILE_NOT_FOUND or PERMISSION_DENIED where there is nothing to be read.
   */
  'player.open': {
    request: z.object({
      videoId: z.number().int().positive(),
      /** Stream to be heard; the file's default when left out. */
      audioIndex: z.number().int().min(0).optional(),
      /** Matters for bitmap subtitles, which are drawn into the pictures; texts are fetched beside them. */
      subtitleIndex: z.number().int().min(0).optional(),
      /** A cheaper mode was tried and failed. */
      atLeast: z.enum(['remux', 'transcode']).optional(),
    }),
    response: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('playable'), playback: playbackSchema }),
      z.object({ kind: z.literal('unplayable'), reason: z.string() }),
    ]),
  },
  /** Ends its streams; nothing happens when it is closed already. */
  'player.close': {
    request: z.object({ playbackId: playbackSchema.shape.playbackId }),
    response: nothing,
  },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

type Contract = typeof contract;
export type Channel = keyof Contract;
export type Request<C extends Channel> = z.infer<Contract[C]['request']>;
export type Response<C extends Channel> = z.infer<Contract[C]['response']>;

/** What main sends to the page without being asked. */
export const events = {
  /** A job's newest status: at most ten a second a job, the last one always delivered. */
  'jobs.onUpdate': jobStatusSchema,
  /** Rows changed: pages and counts are to be asked for again. At most four a second. */
  'library.onChange': nothing,
  /** What can be undone and redone, and how far a long edit is. At most four a second, the last one always. */
  'history.onChange': editHistorySchema,
  /** The library opened or failed: ask `library.status`. */
  'library.onStatus': nothing,
  /** How each folder is watched, whenever that changes. */
  'watch.onChange': watchStatusSchema,
  /** The settings, whenever one was changed. */
  'settings.onChange': settingsSchema,
  /** The saved filters, whenever one was changed. */
  'savedFilters.onChange': savedFilters,
  /** An entry of the application menu was chosen. */
  'app.onCommand': z.object({ command: z.enum(MENU_COMMAND_NAMES) }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;

/** What the preload sends on {@link import('./channels').DROP_CHANNEL}. */
export const dropRequestSchema = z.object({
  paths: z.array(z.string().min(1).max(32_768)).max(100),
});

type Namespaces<Names extends string> = Names extends `${infer Space}.${string}` ? Space : never;
type Member<Names extends string, Space extends string> = Names extends `${Space}.${infer Name}`
  ? Name
  : never;

/** The object that the preload exposes as `window.vitrine`: `vitrine.scan.start({ rootId })`. */
export type VitrineBridge = {
  [Space in Namespaces<Channel | EventName>]: {
    [Name in Member<Channel, Space>]: (
      request: Request<Extract<Channel, `${Space}.${Name}`>>,
    ) => Promise<Result<Response<Extract<Channel, `${Space}.${Name}`>>>>;
  } & {
    [Name in Member<EventName, Space>]: (
      listener: (payload: EventPayload<Extract<EventName, `${Space}.${Name}`>>) => void,
    ) => () => void;
  };
} & {
  drop: {
    /** Grants the folders among the dropped files; answers the granted paths. */
    folders: (files: File[]) => Promise<Result<{ paths: string[] }>>;
  };
};
