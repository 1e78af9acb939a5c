import { createHash } from 'node:crypto';
import type { FileAnswer, FileCheck } from '../../shared/file-check';
import type { JobStatus, ScanResult } from '../../shared/job';
import type {
  ClaimedScan,
  FileTask,
  HeaderFacts,
  HeaderReport,
  ProbeOutcome,
  ProbeReport,
  ProbeTask,
  WalkedFile,
  WalkedFolder,
} from '../../shared/library-protocol';
import type { ProbedMedia, Problem, VideoDetail } from '../../shared/media';
import type { FolderPlace } from '../../shared/root-place';
import { EVERYTHING } from '../../shared/video-query';
import { packFiles } from '../../shared/walked-files';
import type { TestLibrary } from './library-fixture';

export const ROOT = '/media/films';

interface DiskFile extends Partial<Pick<WalkedFile, 'sizeBytes' | 'mtimeMs' | 'inode'>> {
  /** What is in it; when left out, nothing else has the same. Empty: what nothing can be compared by. */
  content?: string;
  /** It is on a drive of its own, mounted inside of the root. */
  mounted?: boolean;
}

/** What stands on a pretended disk: relative path → the file. */
export type Disk = Record<string, DiskFile>;

let nextInode = 1;
const inodes = new Map<string, number>();

function inodeOf(path: string): number {
  const inode = inodes.get(path) ?? nextInode++;
  inodes.set(path, inode);
  return inode;
}

function versionOf(path: string, { sizeBytes, mtimeMs, inode }: DiskFile) {
  return {
    sizeBytes: sizeBytes ?? 1000,
    mtimeMs: mtimeMs ?? 1_700_000_000_000,
    inode: inode ?? inodeOf(path),
  };
}

/** The disk that was walked last. */
let walked: Disk = {};

function hashAt(path: string): Uint8Array {
  const content = walked[path]?.content ?? path;
  return content === '' ? new Uint8Array() : createHash('md5').update(content).digest();
}

/** The disk as the walk would report it. */
export function walk(disk: Disk): WalkedFolder[] {
  walked = disk;
  const folders = new Map<string, Omit<WalkedFolder, 'files'> & { files: WalkedFile[] }>();
  for (const [path, diskFile] of Object.entries(disk)) {
    const cut = path.lastIndexOf('/');
    const place = cut < 0 ? '' : path.slice(0, cut);
    const mounted = diskFile.mounted ?? false;
    const folder = folders.get(place) ?? { path: place, pathBytes: null, mounted, files: [] };
    const file = { name: path.slice(cut + 1), nameBytes: null, ...versionOf(path, diskFile) };
    folders.set(place, { ...folder, files: [...folder.files, file] });
  }
  return [...folders.values()].map((folder) => ({ ...folder, files: packFiles(folder.files) }));
}

/** What else there is than the scanned root, when the library asks for it. */
export interface Surroundings {
  /** Other roots by their paths; those that are left out cannot be reached. */
  roots?: Record<string, Disk>;
  /** Drives inside of the scanned root that are away: folders. */
  unmounted?: readonly string[];
}

/** The media process's answer, from the disk that was walked last and what is around it. */
function answerOf(check: FileCheck, disk: Disk, { roots, unmounted }: Surroundings): FileAnswer {
  switch (check.type) {
    case 'identity': {
      const { videoId, path } = check;
      const file = disk[path];
      const identity = file && { ...versionOf(path, file), contentHash: hashAt(path) };
      return { type: 'identity', videoId, identity: identity ?? null };
    }
    case 'mount': {
      const isAway = unmounted?.some((folder) => `${check.path}/`.startsWith(`${folder}/`));
      return { type: 'mount', folderId: check.folderId, isMounted: !isAway };
    }
    case 'presence': {
      const { videoId, path, sizeBytes, mtimeMs } = check;
      const there = roots?.[check.root.rootPath];
      const file = there?.[path];
      if (!there) return { type: 'presence', videoId, presence: 'unknown' };
      if (!file) return { type: 'presence', videoId, presence: 'gone' };
      const version = versionOf(path, file);
      const isSame = version.sizeBytes === sizeBytes && version.mtimeMs === mtimeMs;
      return { type: 'presence', videoId, presence: isSame ? 'present' : 'unknown' };
    }
  }
}

/** A place on a device without an identity. */
export function placeOnDevice(device = 7): FolderPlace {
  return {
    device,
    volume: { identity: null, label: null, kind: 'unknown' },
    pathOnVolume: null,
  };
}

/** A place on a drive with a UUID. */
export function placeOnVolume(uuid: string, pathOnVolume: string, device = 7): FolderPlace {
  return {
    device,
    volume: { identity: `uuid:${uuid}`, label: `Drive ${uuid}`, kind: 'solid-state' },
    pathOnVolume,
  };
}

export const NOT_MEDIA: Problem = {
  stage: 'probe',
  code: 'NOT_MEDIA',
  message: 'Invalid data found',
  toolOutput: 'moov atom not found',
  occurredAt: 1_700_000_001_000,
};

/** A successful probe of a full-HD clip, with what the test cares about changed. */
function media(facts: Partial<ProbedMedia> = {}): ProbedMedia {
  return {
    container: 'mp4',
    durationUs: 12_500_000,
    width: 1920,
    height: 1080,
    rotation: 0,
    frameRate: '30000/1001',
    variableFrameRate: false,
    videoCodec: 'h264',
    audioCodec: 'aac',
    audioChannels: 2,
    bitRate: 8_000_000,
    hdr: null,
    bitDepth: 8,
    formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
    streams: [],
    chapters: [],
    timecode: null,
    recordedAtMs: null,
    cameraMake: null,
    cameraModel: null,
    location: null,
    title: null,
    ...facts,
  };
}

export function probed(facts: Partial<ProbedMedia> = {}): ProbeOutcome {
  return { kind: 'probed', media: media(facts), deflatedJson: Buffer.from('{"format":{}}') };
}

/** What a probe of a file gives; by default every file is a good one, but names with `broken`. */
export type Prober = (task: ProbeTask) => ProbeOutcome;

export const proberByName: Prober = ({ path }) =>
  path.includes('broken') ? { kind: 'unreadable', problem: NOT_MEDIA } : probed();

/** What a header tells of the file of a task; less than a probe does. */
export function headerReport(task: FileTask, facts: Partial<HeaderFacts> = {}): HeaderReport {
  const { videoId, sizeBytes, mtimeMs } = task;
  const { container, durationUs, width, height, videoCodec } = media();
  const known = { ...NOTHING_KNOWN, container, durationUs, width, height, videoCodec };
  return { videoId, sizeBytes, mtimeMs, facts: { ...known, ...facts } };
}

const NOTHING_KNOWN: HeaderFacts = {
  ...{ container: null, durationUs: null, width: null, height: null, rotation: null },
  ...{ frameRate: null, variableFrameRate: null, videoCodec: null, audioCodec: null },
  ...{ audioChannels: null, bitRate: null, hdr: null, bitDepth: null, recordedAtMs: null },
};

export function report(task: ProbeTask, outcome: ProbeOutcome): ProbeReport {
  const { videoId, sizeBytes, mtimeMs, path } = task;
  const { inode } = versionOf(path, walked[path] ?? {});
  return { videoId, sizeBytes, mtimeMs, inode, contentHash: hashAt(path), outcome };
}

/** Queues and claims a scan of the root. */
export async function claimScan(
  { library }: TestLibrary,
  path = ROOT,
  payload: { acceptMissing?: true } = {},
): Promise<ClaimedScan> {
  await library.call('submitScan', { path, ...payload });
  const job = await library.call('claimJob', { kinds: ['scan'] });
  if (job?.kind !== 'scan') throw new Error('There was no job to claim.');
  return job;
}

/** One run of a scan, step by step. */
export function scanSteps(
  { sink }: TestLibrary,
  { jobId, runToken, rootId, rootPath }: ClaimedScan,
  surroundings: Surroundings = {},
) {
  const run = { jobId, runToken };
  const disk: Disk = {};
  const works: ProbeTask['work'][] = [];
  return {
    /** What was to be done with each file that was handed out to {@link probeAll}. */
    works,
    begin: async (place = placeOnDevice(), path = rootPath) => {
      const known = await sink.call('beginScan', { ...run, rootId });
      await sink.call('placeRoot', { ...run, rootPath: path, place });
      return known;
    },
    reconcile: (found: Disk) => {
      Object.assign(disk, found);
      return sink.call('reconcile', { ...run, folders: walk(found) });
    },
    /** Ends the walk, and answers what the library asks until it knows what was moved. */
    compareListing: async (unreadableFolders: string[] = []): Promise<FileCheck[]> => {
      walk(disk);
      const asked: FileCheck[] = [];
      let checks = await sink.call('compareListing', { ...run, unreadableFolders });
      while (checks.length > 0) {
        asked.push(...checks);
        const answers = checks.map((check) => answerOf(check, disk, surroundings));
        checks = await sink.call('answerChecks', { ...run, answers });
      }
      return asked;
    },
    settleListing: () => sink.call('finishListing', run),
    async finishListing(unreadableFolders: string[] = []) {
      await this.compareListing(unreadableFolders);
      return this.settleListing();
    },
    takeHeaders: (limit = 100) => sink.call('takeHeaderTasks', { ...run, limit }),
    writeHeaders: (reports: HeaderReport[]) => sink.call('writeHeaders', { ...run, reports }),
    take: (limit = 100) => sink.call('takeProbeTasks', { ...run, limit }),
    probeAlone: (videoId: number) => sink.call('probeAlone', { ...run, videoId }),
    write: (reports: ProbeReport[]) => sink.call('writeProbes', { ...run, reports }),
    finish: () => sink.call('finishScan', run),
    /** Probes everything that is handed out; answers the paths. */
    probeAll: async (prober: Prober = proberByName): Promise<string[]> => {
      const paths: string[] = [];
      for (;;) {
        const tasks = await sink.call('takeProbeTasks', { ...run, limit: 100 });
        if (tasks.length === 0) return paths;
        paths.push(...tasks.map(({ path }) => path));
        works.push(...tasks.map(({ work }) => work));
        const reports = tasks.map((task) =>
          report(task, task.work === 'identify' ? { kind: 'identified' } : prober(task)),
        );
        await sink.call('writeProbes', { ...run, reports });
      }
    },
  };
}

export interface WholeScan {
  result: ScanResult;
  probedPaths: string[];
  works: ProbeTask['work'][];
  job: JobStatus;
}

/** A scan from submission to success. */
export async function scanDisk(
  library: TestLibrary,
  disk: Disk,
  options: ScanOptions & { path?: string; acceptMissing?: true } = {},
): Promise<WholeScan> {
  const { path, acceptMissing } = options;
  const claimed = await claimScan(library, path, acceptMissing ? { acceptMissing } : {});
  return runScan(library, claimed, disk, options);
}

interface ScanOptions extends Surroundings {
  unreadableFolders?: string[];
  prober?: Prober;
  place?: FolderPlace;
}

/** A claimed scan to its success. */
export async function runScan(
  library: TestLibrary,
  claimed: ClaimedScan,
  disk: Disk,
  options: ScanOptions = {},
): Promise<WholeScan> {
  const steps = scanSteps(library, claimed, options);
  await steps.begin(options.place);
  await steps.reconcile(disk);
  await steps.finishListing(options.unreadableFolders);
  const probedPaths = await steps.probeAll(options.prober);
  const result = await steps.finish();
  if (!result) throw new Error('Files were to be probed again.');
  const job = await library.library.call('getJob', { jobId: claimed.jobId });
  return { result, probedPaths, works: steps.works, job };
}

/** Five files in four folders, one of them broken. */
export const DISK: Disk = {
  'a.mp4': {},
  'b.mov': {},
  'trip/c.mkv': {},
  'trip/day 1/d.avi': {},
  'trip/broken.mp4': {},
};

/** Every video's state by its relative path. */
export async function states({ library }: TestLibrary): Promise<Record<string, string>> {
  const request = { query: EVERYTHING, after: null, limit: 500 };
  const { videos } = await library.call('scanVideos', request);
  return Object.fromEntries(
    videos.map(({ folder, name, state }) => [folder ? `${folder}/${name}` : name, state]),
  );
}

export function detail({ library }: TestLibrary, path: string): Promise<VideoDetail> {
  return library.call('getVideo', { path: `${ROOT}/${path}` });
}

export function without(disk: Disk, ...paths: string[]): Disk {
  return Object.fromEntries(Object.entries(disk).filter(([path]) => !paths.includes(path)));
}
