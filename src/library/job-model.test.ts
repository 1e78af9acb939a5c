import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canTransition, JOB_STATES } from '../shared/job';
import { ROOTS } from './testing/job-commands';
import { JobModel } from './testing/job-model';
import { jobPrograms } from './testing/job-programs';
import { RealJobs, type Storage } from './testing/real-jobs';

const environment = process.env;
const RUNS = Number(environment['VITRINE_MODEL_RUNS'] ?? 2_000);
const TIME_PER_RUN_MS = 100;

/** What a failure prints, to have it again. */
const replay = {
  ...(environment['VITRINE_MODEL_SEED'] && { seed: Number(environment['VITRINE_MODEL_SEED']) }),
  ...(environment['VITRINE_MODEL_PATH'] && { path: environment['VITRINE_MODEL_PATH'] }),
};
const replayPath = environment['VITRINE_MODEL_REPLAY_PATH'];

/** The library's roots stand before the first command. */
function setUp(storage: Storage, covered: Set<string>) {
  const model = new JobModel(covered);
  const real = new RealJobs(model, storage);
  real.database.exec("INSERT INTO volumes (identity) VALUES ('uuid')");
  for (const { path } of ROOTS) real.roots.ensure(path);
  real.database.exec('UPDATE roots SET volume_id = 1 WHERE id < 3; UPDATE roots SET device = 7');
  return { model, real };
}

const EVERY_TRANSITION = JOB_STATES.flatMap((from) =>
  JOB_STATES.filter((to) => canTransition(from, to)).map((to) => `${from} → ${to}`),
);

// Most runs on SQLite in memory, a few on a file as the app opens it, where a crash is a copy of what was written.
const storages = fc.oneof(
  { weight: 49, arbitrary: fc.constant<Storage>('memory') },
  { weight: 1, arbitrary: fc.constant<Storage>('file') },
);

it(
  `does whatever is asked in whatever order as the state table says (${RUNS} runs)`,
  () => {
    const covered = new Set<string>();
    fc.assert(
      fc.property(storages, jobPrograms(replayPath), (storage, program) => {
        const { model, real } = setUp(storage, covered);
        try {
          fc.modelRun(() => ({ model, real }), program);
        } finally {
          real.dispose();
        }
      }),
      { numRuns: RUNS, ...replay },
    );
    if (RUNS >= 1_000) expect([...covered].sort()).toEqual([...EVERY_TRANSITION].sort());
  },
  60_000 + RUNS * TIME_PER_RUN_MS,
);
