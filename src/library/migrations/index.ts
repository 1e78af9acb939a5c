import { initial } from './0001-initial';
import { reliability } from './0002-reliability';
import { twoLevels } from './0003-two-levels';
import { namesInMemory } from './0004-names-in-memory';
import { previews } from './0005-previews';
import { postersFirst } from './0006-posters-first';
import { finding } from './0008-finding';
import type { Migration } from './migration';

/** In order, without gaps. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  reliability,
  twoLevels,
  namesInMemory,
  previews,
  postersFirst,
  // Placeholder of the seventh, which is made elsewhere.
  { version: 7, sql: '' },
  finding,
];
