import { PROBLEM_CODES, VIDEO_STATES } from '../video-state';
import type { Field } from './field-kind';
import { COUNT } from './units';

/** Words and codes of problems are written with hyphens: `problem:no-video-stream`. */
const dashed = (code: string) => code.toLowerCase().replaceAll('_', '-');

/** What the person said of it, and what the library knows of it. */
export const LIBRARY_FIELDS = [
  {
    name: 'tag',
    aliases: ['tags', 'keyword'],
    kind: { type: 'choice' },
    isOptional: true,
    about: 'A tag, by its whole name.',
    examples: 'tag:beach tag:none',
  },
  {
    name: 'note',
    aliases: ['notes'],
    kind: { type: 'text' },
    isOptional: true,
    about: 'The note.',
    examples: 'note:"at dawn"',
  },
  {
    name: 'rating',
    aliases: ['stars'],
    kind: { type: 'number', units: COUNT },
    isOptional: true,
    about: 'Stars from 0 to 5.',
    examples: 'rating:>=4 rating:none',
  },
  {
    name: 'label',
    aliases: ['colour', 'color'],
    kind: { type: 'choice' },
    isOptional: true,
    about: 'The label.',
    examples: 'label:red',
  },
  {
    name: 'favourite',
    aliases: ['favorite', 'fav'],
    kind: { type: 'flag' },
    isOptional: false,
    about: 'Whether it is a favourite.',
    examples: 'favourite:yes',
  },
  {
    name: 'collection',
    aliases: ['album'],
    kind: { type: 'choice' },
    isOptional: true,
    about: 'A collection that it is in, by its whole name.',
    examples: 'collection:"best of 2023"',
  },
  {
    name: 'added',
    aliases: [],
    kind: { type: 'date' },
    isOptional: false,
    about: 'When it came into the library.',
    examples: 'added:7d',
  },
  {
    name: 'volume',
    aliases: ['drive', 'disk'],
    kind: { type: 'text' },
    isOptional: true,
    about: 'The name of the drive or share.',
    examples: 'volume:archive',
  },
  {
    name: 'root',
    aliases: [],
    kind: { type: 'text' },
    isOptional: false,
    about: 'The folder that was added, by its path.',
    examples: 'root:/media/films',
  },
  {
    name: 'state',
    aliases: ['status'],
    kind: { type: 'choice', all: VIDEO_STATES },
    isOptional: false,
    about: 'ok, unreadable, missing, or offline where its drive is not there.',
    examples: 'state:missing',
  },
  {
    name: 'problem',
    aliases: ['problems'],
    kind: { type: 'choice', spelling: dashed, all: PROBLEM_CODES.map(dashed) },
    isOptional: true,
    about: 'Why it cannot be read, unless that was dismissed.',
    examples: 'problem:yes problem:no-video-stream',
  },
  {
    name: 'duplicate',
    aliases: ['duplicates', 'dupe'],
    kind: { type: 'flag' },
    isOptional: false,
    about: 'Whether another video that is there has the same content.',
    examples: 'duplicate:yes',
  },
] as const satisfies readonly Field[];
