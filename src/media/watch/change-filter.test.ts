import { describe, expect, it } from 'vitest';
import { videoNames } from '../scan/video-extensions';
import { type ChangeKind, kindOfChange } from './change-filter';

const names = videoNames(['xyz']);

describe('a change', () => {
  it.each<[string, ChangeKind]>([
    ['clip.mp4', 'video'],
    ['CLIP.MOV', 'video'],
    ['trip/day 1/clip.mkv', 'video'],
    ['recorded.xyz', 'video'],
    ['trip', 'other'],
    ['2019.05 Trip', 'other'],
    ['notes.txt', 'other'],
    ['clip.mp4.part', 'other'],
    ['clip.mp4.crdownload', 'other'],
    ['.clip.mp4.Xy12', 'ignored'],
    ['._clip.mp4', 'ignored'],
    ['.Trash-1000', 'ignored'],
    ['.Trash-1000/files/clip.mp4', 'ignored'],
    ['lost+found', 'ignored'],
    ['$RECYCLE.BIN/clip.mp4', 'ignored'],
    ['trip/@eaDir/clip.mp4', 'ignored'],
    ['Photos.photoslibrary', 'ignored'],
    ['Photos.photoslibrary/originals/clip.mov', 'ignored'],
  ])('of %s is %s', (path, kind) => {
    expect(kindOfChange(path, names)).toBe(kind);
  });
});
