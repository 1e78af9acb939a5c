import fc from 'fast-check';
import { JOB_PRIORITIES, JOB_STATES, LIVE_STATES, WAIT_REASONS } from '../../shared/job';
import type { RunnableKind } from '../../shared/job-payload';
import { PREVIEW_LANE, VERIFICATION_LANE } from '../../shared/library-protocol';
import * as commands from './job-commands';

/** Which of the jobs that fit. */
const pick = fc.nat(9);
const priority = fc.constantFrom(...JOB_PRIORITIES);
const rarely = fc.nat(9).map((number) => number === 9);
const KINDS: RunnableKind[] = ['scan', 'verify', 'preview'];

const submit = fc
  .tuple(fc.nat(5), priority, rarely, rarely)
  .map((drawn) => commands.submit(...drawn));

const claim = fc
  .tuple(
    fc.subarray(KINDS),
    fc.subarray(['volume 1', 'device 7.0', VERIFICATION_LANE, PREVIEW_LANE]),
  )
  .map((drawn) => commands.claim(...drawn));

/** Delays beyond the longest wait too, as a clock that was put back makes them. */
const wait = fc
  .tuple(fc.constantFrom(...WAIT_REASONS), fc.integer({ min: 0, max: 400_000 }), rarely)
  .map(([waitingFor, delay, crashed]) => ({ to: 'waiting' as const, waitingFor, delay, crashed }));

const end = fc
  .tuple(fc.constantFrom('queued', 'failed'), fc.boolean())
  .map(([to, crashed]) => ({ to, crashed }) as commands.RunEnd);

const endRun = fc
  .tuple(pick, fc.oneof(wait, wait, end), rarely)
  .map((drawn) => commands.endRun(...drawn));

const release = fc.subarray([1, 2, 3]).map(commands.release);

/** Every kind of command; what opens the way to many others stands here more than once. */
const EVERYTHING: fc.Arbitrary<commands.JobCommand>[] = [
  ...[submit, submit, submit, endRun, endRun, endRun, release, release],
  ...Array.from({ length: 4 }, () => fc.constant(commands.claim(KINDS, []))),
  claim,
  fc.tuple(pick, fc.nat(99), rarely).map((drawn) => commands.progress(...drawn)),
  fc.tuple(pick, rarely).map((drawn) => commands.succeed(...drawn)),
  pick.map((job) => commands.ask('pause', job, ['queued', 'running', 'waiting'], 'paused')),
  pick.map((job) => commands.ask('resume', job, ['paused', 'waiting'], 'queued')),
  pick.map(commands.hold),
  pick.map((job) => commands.ask('cancel', job, LIVE_STATES, 'cancelled')),
  pick.map((job) => commands.ask('retry', job, ['failed', 'cancelled'], 'queued')),
  // What nobody may ask for, or comes too late.
  fc
    .tuple(pick, fc.constantFrom('queued' as const, 'paused' as const, 'cancelled' as const))
    .map(([job, to]) => commands.ask(`anything to ${to}`, job, JOB_STATES, to)),
  pick.map((job) => commands.ask('late pause', job, ['queued'], 'paused', JOB_STATES)),
  fc.tuple(pick, priority).map((drawn) => commands.setPriority(...drawn)),
  pick.map(commands.damage),
  fc.constantFrom(1, 2, 3).map(commands.removeRoot),
  fc.integer({ min: -2_000_000, max: 2_000_000 }).map(commands.jumpClock),
  fc.nat(100_000).map(commands.jumpClock),
  fc.constant(commands.prune()),
  fc.constant(commands.crash()),
  fc.constant(commands.restart()),
];

/** Programs of random commands. `replayPath`: what a failure printed, to run the same commands of it again. */
export function jobPrograms(replayPath: string | undefined) {
  const options = { maxCommands: 60, size: 'max' as const };
  return fc.commands(EVERYTHING, replayPath ? { ...options, replayPath } : options);
}
