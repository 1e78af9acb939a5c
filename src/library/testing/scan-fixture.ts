import type { JobStatus, ScanResult } from '../../shared/job';
import type {
  ClaimedScan,
  ProbeOutcome,
  ProbeReport,
  ProbeTask,
  WalkedFile,
  WalkedFolder,
} from '../../shared/library-protocol';
import type { ProbedMedia, Problem, VideoDetail } from '../../shared/media';
import { EVERYTHING } from '../../shared/video-query';
import type { TestLibrary } from './library-fixture';

export const ROOT = '/media/films';

/** What stands on a pretended disk: relative path → the file's version. */
export type Disk = Record<string, Partial<Pick<WalkedFile, 'sizeBytes' | 'mtimeMs' | 'inode'>>>;

let nextInode = 1;
const inodes = new Map<string, number>();

function inodeOf(path: string): number {
  const inode = inodes.get(path) ?? nextInode++;
  inodes.set(path, inode);
  return inode;
}

/** The disk as the walk would report it. */
export function walk(disk: Disk): WalkedFolder[] {
  const folders = new Map<string, WalkedFile[]>();
  for (const [path, version] of Object.entries(disk)) {
    const cut = path.lastIndexOf('/');
    const folder = cut < 0 ? '' : path.slice(0, cut);
    const file = {
      name: path.slice(cut + 1),
      nameBytes: null,
      sizeBytes: 1000,
      mtimeMs: 1_700_000_000_000,
      inode: inodeOf(path),
      ...version,
    };
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([path, files]) => ({ path, pathBytes: null, files }));
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

const proberByName: Prober = ({ path }) =>
  path.includes('broken') ? { kind: 'unreadable', problem: NOT_MEDIA } : probed();

export function report(task: ProbeTask, outcome: ProbeOutcome): ProbeReport {
  const { videoId, sizeBytes, mtimeMs, path } = task;
  return { videoId, sizeBytes, mtimeMs, inode: inodeOf(path), outcome };
}

/** Queues and claims a scan of the root. */
export async function claimScan({ library }: TestLibrary, path = ROOT): Promise<ClaimedScan> {
  await library.call('submitScan', { path });
  const job = await library.call('claimJob', { kinds: ['scan'] });
  if (job?.kind !== 'scan') throw new Error('There was no job to claim.');
  return job;
}

/** One run of a scan, step by step. */
export function scanSteps({ sink }: TestLibrary, { jobId, runToken, rootId }: ClaimedScan) {
  const run = { jobId, runToken };
  return {
    begin: () => sink.call('beginScan', { ...run, rootId }),
    reconcile: (disk: Disk) => sink.call('reconcile', { ...run, folders: walk(disk) }),
    finishListing: (unreadableFolders: string[] = []) =>
      sink.call('finishListing', { ...run, unreadableFolders, device: 7 }),
    take: (limit = 100) => sink.call('takeProbeTasks', { ...run, limit }),
    write: (reports: ProbeReport[]) => sink.call('writeProbes', { ...run, reports }),
    finish: () => sink.call('finishScan', run),
    /** Probes everything that is handed out; answers the paths. */
    probeAll: async (prober: Prober = proberByName): Promise<string[]> => {
      const paths: string[] = [];
      for (;;) {
        const tasks = await sink.call('takeProbeTasks', { ...run, limit: 100 });
        if (tasks.length === 0) return paths;
        paths.push(...tasks.map(({ path }) => path));
        const reports = tasks.map((task) => report(task, prober(task)));
        await sink.call('writeProbes', { ...run, reports });
      }
    },
  };
}

export interface WholeScan {
  result: ScanResult;
  probedPaths: string[];
  job: JobStatus;
}

/** A scan from submission to success. */
export async function scanDisk(
  library: TestLibrary,
  disk: Disk,
  options: { unreadableFolders?: string[]; prober?: Prober; path?: string } = {},
): Promise<WholeScan> {
  const claimed = await claimScan(library, options.path);
  return runScan(library, claimed, disk, options);
}

/** A claimed scan to its success. */
export async function runScan(
  library: TestLibrary,
  claimed: ClaimedScan,
  disk: Disk,
  options: { unreadableFolders?: string[]; prober?: Prober } = {},
): Promise<WholeScan> {
  const steps = scanSteps(library, claimed);
  await steps.begin();
  await steps.reconcile(disk);
  await steps.finishListing(options.unreadableFolders);
  const probedPaths = await steps.probeAll(options.prober);
  const result = await steps.finish();
  const job = await library.library.call('getJob', { jobId: claimed.jobId });
  return { result, probedPaths, job };
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
