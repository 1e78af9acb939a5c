import { describe, expect, it } from 'vitest';
import type { FolderEntry } from '../scan/file-system';
import { subtitleFilesOf } from './subtitle-files';
import { decodeSubtitle } from './subtitle-text';

const file = (name: string): FolderEntry => ({ kind: 'file', name, bytes: null });

describe('subtitle files', () => {
  it('are those with the name of the video, a language and marks', () => {
    const entries = [
      'film.mkv',
      'film.srt',
      'film.pt-BR.forced.ass',
      'film.en.default.VTT',
      'film 2.srt',
      'film.txt',
      'other.srt',
    ].map(file);
    const folder: FolderEntry = { kind: 'folder', name: 'film.de.srt', bytes: null };
    const found = subtitleFilesOf('film.mkv', [...entries, folder], 3);
    expect(found.map(({ track }) => track)).toMatchObject([
      { index: 3, codec: 'webvtt', language: 'en', isDefault: true, forced: false },
      { index: 4, codec: 'ass', language: 'pt-BR', isDefault: false, forced: true },
      { index: 5, codec: 'srt', language: null, external: true, playable: true },
    ]);
    expect(found.map(({ source }) => source.name)).toEqual([
      'film.en.default.VTT',
      'film.pt-BR.forced.ass',
      'film.srt',
    ]);
  });
});

describe('decodeSubtitle', () => {
  it.each([
    ['UTF-8', Buffer.from('Schön – グ')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Schön – グ', 'utf16le')])],
  ])('reads %s', (_, bytes) => {
    expect(decodeSubtitle(bytes)).toBe('Schön – グ');
  });

  it('takes what is no Unicode for the code page of Western Europe', () => {
    expect(decodeSubtitle(Buffer.from([0x53, 0x63, 0x68, 0xf6, 0x6e, 0x20, 0x96]))).toBe('Schön –');
  });
});
