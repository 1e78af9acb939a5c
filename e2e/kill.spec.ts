import { join } from 'node:path';
import { expect, test } from './fixtures/test';
import { DisturbedLibrary } from './kill/disturbed-library';
import { describeRound, planRounds, SHAPES } from './kill/plan';
import { Random } from './kill/random';
import { undisturbed } from './kill/reference';
import { noLosses, Statistics } from './kill/statistics';

const ROUNDS = Number(process.env['VITRINE_KILL_ROUNDS'] ?? SHAPES.length);
const SEED = Number(process.env['VITRINE_KILL_SEED'] ?? Date.now() % 2 ** 32);
/** Of a round's losses; all of them are in the file. */
const MAX_LINES = 20;

test.skip(process.platform !== 'linux', 'processes are looked up in /proc');

test(`a library lives through ${ROUNDS} rounds of killed processes`, async ({
  place,
}, testInfo) => {
  test.setTimeout(60_000 + ROUNDS * 60_000);
  say(`seed ${SEED}, repeated with VITRINE_KILL_SEED=${SEED} VITRINE_KILL_ROUNDS=${ROUNDS}`);
  const random = new Random(SEED);
  const statistics = new Statistics(SEED);
  const library = new DisturbedLibrary(place, await undisturbed(place.folder), random);
  try {
    for (const [index, round] of planRounds(random, ROUNDS).entries()) {
      const words = `${index + 1}. ${describeRound(round)}`;
      const startedAt = performance.now();
      const { strike, hit, losses } = await test.step(words, () => library.play(round));
      const fresh = statistics.add(round, strike.faults, hit, losses);
      say(`${words} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
      for (const loss of fresh.slice(0, MAX_LINES)) say(`   ${loss}`);
    }
  } finally {
    await library.dispose();
    say(statistics.table(library.stakes));
    statistics.save(join(testInfo.project.outputDir, 'reliability.json'), library.stakes);
  }
  expect(statistics.losses).toEqual(noLosses());
  // Otherwise the faults came when there was nothing to lose.
  expect(statistics.hits).toBeGreaterThan(ROUNDS / 2);
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
