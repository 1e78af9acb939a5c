import { describe, expect, it } from 'vitest';
import { type KnownVideo, type Reconciliation, reconcile } from './reconcile';

const FILE = { name: 'a.mp4', nameBytes: null, sizeBytes: 10, mtimeMs: 20, inode: 30 };
const KNOWN: KnownVideo = {
  sizeBytes: 10,
  mtimeMs: 20,
  inode: 30,
  state: 'ok',
  needsProbe: false,
  hasProblem: false,
  earlierOutcome: null,
};

const keep = { action: 'keep', outcome: 'unchanged', probe: false, unreadable: false } as const;
const revive = { ...keep, action: 'revive' } as const;
const replace = {
  action: 'replace',
  outcome: 'changed',
  probe: true,
  unreadable: false,
  state: 'ok',
} as const;

const CASES: [string, Partial<KnownVideo>, Reconciliation][] = [
  ['an unchanged file alone', {}, keep],
  ['a file of another size for a new version', { sizeBytes: 11 }, replace],
  ['a file of another time for a new version', { mtimeMs: 21 }, replace],
  ['a file of another inode for a new version', { inode: 31 }, replace],
  ['an inode of 0 for unknown', { inode: 0 }, keep],
  [
    'an unchanged broken file alone',
    { state: 'unreadable', hasProblem: true },
    { ...keep, unreadable: true },
  ],
  [
    'a broken file that is to be read again',
    { state: 'unreadable', hasProblem: true, needsProbe: true },
    { ...keep, probe: true },
  ],
  [
    'a changed broken file as broken until it was read',
    { state: 'unreadable', hasProblem: true, sizeBytes: 1 },
    { ...replace, state: 'unreadable' },
  ],
  ['a file left over by an interrupted scan', { needsProbe: true }, { ...keep, probe: true }],
  ['a missing file back', { state: 'missing' }, revive],
  [
    'a missing broken file back as broken',
    { state: 'missing', hasProblem: true },
    { ...revive, unreadable: true },
  ],
  [
    'a missing file back that was never read',
    { state: 'missing', needsProbe: true },
    { ...revive, probe: true },
  ],
  ['a missing file that changed back', { state: 'missing', mtimeMs: 1 }, replace],
  [
    'a file that this job added before a crash',
    { earlierOutcome: 'added' },
    { ...keep, outcome: 'added' },
  ],
  [
    'a file that this job found changed before a crash',
    { earlierOutcome: 'changed', needsProbe: true },
    { ...keep, outcome: 'changed', probe: true },
  ],
  [
    'a file that this job added and that changed since',
    { earlierOutcome: 'added', sizeBytes: 1 },
    { ...replace, outcome: 'added' },
  ],
];

describe('reconciling', () => {
  it('inserts a file that is not known', () => {
    expect(reconcile(FILE, null)).toMatchObject({
      action: 'insert',
      outcome: 'added',
      probe: true,
    });
  });

  it.each(CASES)('takes %s', (_, known, decision) => {
    expect(reconcile(FILE, { ...KNOWN, ...known })).toEqual(decision);
  });
});
