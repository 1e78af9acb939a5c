import { describe, expect, it } from 'vitest';
import type { VideoSummary } from '../../shared/media';
import { csvRecord, EXPORT_WRITERS, m3uEntry } from './export-formats';

const video: VideoSummary = {
  id: 1,
  rootId: 1,
  path: '/clips/a "b", c.mp4',
  folder: '',
  name: 'a "b", c.mp4',
  sizeBytes: 10,
  mtimeMs: 20,
  state: 'ok',
  probeLevel: 'full',
  container: 'mp4',
  durationSeconds: 1.5,
  width: 640,
  height: 360,
  rotation: 0,
  frameRate: '25/1',
  variableFrameRate: false,
  videoCodec: 'h264',
  audioCodec: null,
  audioChannels: null,
  bitRate: 1000,
  hdr: null,
  bitDepth: 8,
  addedAtMs: 30,
  problem: null,
  preview: null,
  previewProblem: null,
};

describe('export formats', () => {
  it('quotes CSV fields that need it and leaves unknown ones empty', () => {
    expect(csvRecord(video)).toBe(
      '1,"/clips/a ""b"", c.mp4",10,20,ok,mp4,1.5,640,360,0,25/1,false,h264,,,1000,,,full\r\n',
    );
  });
  it('has one CSV field for each column of the head', () => {
    const head = EXPORT_WRITERS.csv.head.trim().split(',');
    const plain = csvRecord({ ...video, path: 'p' }).trimEnd();
    expect(plain.split(',')).toHaveLength(head.length);
    expect(head).toContain('frameRate');
  });
  it('puts the reason of an unreadable file into the CSV problem column', () => {
    const unreadable = {
      ...video,
      state: 'unreadable' as const,
      problem: { code: 'NOT_MEDIA' as const, message: 'no video' },
    };
    expect(csvRecord(unreadable)).toMatch(/,no video,full\r\n$/);
  });
  it('writes an extended M3U entry', () => {
    expect(m3uEntry(video)).toBe('#EXTINF:2,a "b", c.mp4\n/clips/a "b", c.mp4\n');
    expect(m3uEntry({ ...video, durationSeconds: null })).toMatch(/^#EXTINF:-1,/);
  });
  it('leaves out of M3U what a player cannot open, and names that would break the list', () => {
    expect(m3uEntry({ ...video, state: 'missing' })).toBeNull();
    expect(m3uEntry({ ...video, path: '/clips/a\n#EXTINF.mp4' })).toBeNull();
  });
});
