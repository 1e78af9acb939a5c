import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { folderOf } from './fixtures/clips';
import { damageOf, leftovers, withLibraryFile } from './fixtures/library-file';
import { expect, test } from './fixtures/test';
import { AppSession } from './kill/app-session';
import { DisturbedLibrary } from './kill/disturbed-library';
import { describeRound, planRounds, SHAPES } from './kill/plan';
import { Random } from './kill/random';
import { undisturbed } from './kill/reference';
import { noLosses, Statistics } from './kill/statistics';
import { Strike } from './kill/strike';

/**
 * The damage is done for real, at points of time that a seed decides: `VITRINE_KILL_SEED` repeats a run as far as a
 * busy machine lets it, `VITRINE_KILL_ROUNDS` makes it longer than once through every kind of round.
 */
const ROUNDS = Number(process.env['VITRINE_KILL_ROUNDS'] ?? SHAPES.length);
const SEED = Number(process.env['VITRINE_KILL_SEED'] ?? Date.now() % 2 ** 32);
const INTERRUPTED_STARTS = 6;
/** About as long as it takes to make a library. */
const LONGEST_START_MS = 250;
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

test('a library opens whose making was interrupted', async ({ place }) => {
  const random = new Random(SEED);
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  for (let attempt = 0; attempt < INTERRUPTED_STARTS; attempt++) {
    const library = join(place.folder, `library ${attempt}`);
    const session = new AppSession({ ...place, library });
    const strike = new Strike(random);
    const electron = await session.start();
    const main = electron.process();
    await strike.aim(['library', 'main'], electron);
    await pause(random.below(LONGEST_START_MS));
    const victim = attempt % 2 === 0 ? 'library' : 'main';
    strike.kill(victim);
    if (victim === 'main') await session.exited(main);
    else await session.takeOver(electron);
    const { result } = await (await session.open()).scanned(folder);
    expect(result, `${victim} killed`).toMatchObject({ discovered: 1, added: 1 });
    await session.close();
    expect(leftovers(library)).toEqual([]);
    expect(withLibraryFile(library, damageOf)).toEqual([]);
  }
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
