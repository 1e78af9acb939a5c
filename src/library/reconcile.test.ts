import { describe, expect, it } from 'vitest';
import { type KnownVideo, type Reconciliation, reconcile } from './reconcile';

const FILE = { name: 'a.mp4', nameBytes: null, sizeBytes: 10, mtimeMs: 20, inode: 30 };
const KNOWN: KnownVideo = {
  sizeBytes: 10,
  mtimeMs: 20,
  inode: 30,
  state: 'ok',
  needsProbe: false,
  hasQuickFacts: false,
  hasProblem: false,
  isIdentified: true,
  earlierOutcome: null,
};

const keep = { action: 'keep', outcome: 'unchanged', work: 'nothing', unreadable: false } as const;
const revive = { ...keep, action: 'revive' } as const;
const hold = { action: 'hold' } as const;

const CASES: [string, Partial<KnownVideo>, Reconciliation][] = [
  ['an unchanged file alone', {}, keep],
  ['a file of another size for a new version, or another file', { sizeBytes: 11 }, hold],
  ['a file of another time for a new version, or another file', { mtimeMs: 21 }, hold],
  ['a file of another inode for a new version, or another file', { inode: 31 }, hold],
  ['an inode of 0 for unknown', { inode: 0 }, keep],
  [
    'an unchanged broken file alone',
    { state: 'unreadable', hasProblem: true },
    { ...keep, unreadable: true },
  ],
  [
    'a broken file that is to be read again',
    { state: 'unreadable', hasProblem: true, needsProbe: true },
    { ...keep, work: 'probe' },
  ],
  [
    'an unchanged file to be identified when that was not done before',
    { isIdentified: false },
    { ...keep, work: 'identify' },
  ],
  ['a file left over by an interrupted scan', { needsProbe: true }, { ...keep, work: 'header' }],
  [
    'a file whose header was read before a scan was interrupted',
    { needsProbe: true, hasQuickFacts: true },
    { ...keep, work: 'probe' },
  ],
  ['a missing file back', { state: 'missing' }, revive],
  [
    'a missing broken file back as broken',
    { state: 'missing', hasProblem: true },
    { ...revive, unreadable: true },
  ],
  [
    'a missing file back that was never read',
    { state: 'missing', needsProbe: true },
    { ...revive, work: 'header' },
  ],
  [
    'a file in the place of a missing one for its new version, or another file',
    { state: 'missing', mtimeMs: 1 },
    hold,
  ],
  [
    'a file that this job added before a crash',
    { earlierOutcome: 'added' },
    { ...keep, outcome: 'added' },
  ],
  [
    'a file that this job found changed before a crash',
    { earlierOutcome: 'changed', needsProbe: true },
    { ...keep, outcome: 'changed', work: 'header' },
  ],
  [
    'a file that this job found moved before a crash',
    { earlierOutcome: 'moved' },
    { ...keep, outcome: 'moved' },
  ],
];

describe('reconciling', () => {
  it('inserts a file that is not known', () => {
    expect(reconcile(FILE, null)).toMatchObject({
      action: 'insert',
      outcome: 'added',
      work: 'header',
    });
  });

  it.each(CASES)('takes %s', (_, known, decision) => {
    expect(reconcile(FILE, { ...KNOWN, ...known })).toEqual(decision);
  });
});
