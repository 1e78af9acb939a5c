import type { Random } from './random';

/** Whom a SIGKILL hits. `main`: with it the whole app ends. `ffprobe`: children, one after the other. */
export const VICTIMS = ['media', 'library', 'main', 'ffprobe'] as const;
export type Victim = (typeof VICTIMS)[number];

/** A folder's first scan, or another one after files changed, moved and went. */
export type Work = 'first' | 'again';

/**
 * When it happens. `probing`: anywhere in the scan. `finishing`: when all files are read. `submitting`: while another
 * folder is handed in during a scan. `pausing`, `cancelling`: while the person does that to the scan. `opening`: the app
 * was killed in a scan and starts again. `quitting`: the app was told to quit in a scan.
 */
type Moment =
  | 'probing'
  | 'finishing'
  | 'submitting'
  | 'pausing'
  | 'cancelling'
  | 'opening'
  | 'quitting';

interface Shape {
  moment: Moment;
  /** One after the other. None: the app just quits. */
  victims: readonly Victim[];
  /** Either where it is left out. */
  work?: Work;
}

/** What a round does to the library. */
export interface Round extends Shape {
  work: Work;
  /** How much of the scan's reading is done before anything happens, 0 to 1. */
  fraction: number;
  /** From there to the fault, in milliseconds. */
  delayMs: number;
  /** From the moment's own event (a start, a submit, a quit) to the first victim, in milliseconds. */
  leadMs: number;
  /** From one victim to the next, in milliseconds. */
  gapMs: number;
  /** An ffprobe child is stopped before, so that it does not end by itself. */
  freeze: boolean;
  /** How many children are killed, where they are the victim. */
  probes: number;
}

/** What {@link planRounds} deals out. */
export const SHAPES: readonly Shape[] = [
  ...(['first', 'again'] as const).flatMap((work) =>
    VICTIMS.map((victim): Shape => ({ moment: 'probing', victims: [victim], work })),
  ),
  { moment: 'probing', victims: ['media', 'library'] },
  { moment: 'probing', victims: ['library', 'media'] },
  { moment: 'probing', victims: ['library', 'main'] },
  { moment: 'probing', victims: ['ffprobe', 'media'] },
  { moment: 'finishing', victims: ['media'] },
  { moment: 'finishing', victims: ['library'] },
  { moment: 'finishing', victims: ['main'] },
  { moment: 'submitting', victims: ['library'] },
  { moment: 'submitting', victims: ['main'] },
  { moment: 'pausing', victims: ['library'] },
  { moment: 'pausing', victims: ['main'] },
  { moment: 'cancelling', victims: ['library'] },
  { moment: 'cancelling', victims: ['main'] },
  { moment: 'opening', victims: ['media'] },
  { moment: 'opening', victims: ['library'] },
  { moment: 'opening', victims: ['main'] },
  { moment: 'quitting', victims: ['media'] },
  { moment: 'quitting', victims: ['library'] },
  { moment: 'quitting', victims: ['main'] },
  { moment: 'quitting', victims: [] },
];

/** Longest lead by moment: about as long as the app takes for it. */
const LEAD_MS: Readonly<Record<Moment, number>> = {
  probing: 0,
  finishing: 0,
  submitting: 15,
  pausing: 15,
  cancelling: 15,
  opening: 600,
  quitting: 300,
};

/** Every shape once before any comes again, in an order and at points of time that the seed decides. */
export function planRounds(random: Random, count: number): Round[] {
  const rounds: Round[] = [];
  while (rounds.length < count) {
    rounds.push(...random.shuffled(SHAPES).map((shape) => roundOf(shape, random)));
  }
  return rounds.slice(0, count);
}

function roundOf(shape: Shape, random: Random): Round {
  const isFinishing = shape.moment === 'finishing';
  return {
    ...shape,
    work: shape.work ?? (random.fraction() < 0.5 ? 'first' : 'again'),
    fraction: random.fraction() * 0.85,
    delayMs: random.below(isFinishing ? 30 : 60),
    leadMs: random.below(LEAD_MS[shape.moment] + 1),
    gapMs: random.below(400),
    freeze: !isFinishing && shape.victims[0] !== 'ffprobe',
    probes: 5 + random.below(16),
  };
}

const POINT: Readonly<Record<Moment, (round: Round) => string>> = {
  probing: () => '',
  finishing: ({ delayMs }) => `, ${delayMs} ms after its last file was read`,
  submitting: ({ leadMs }) => `, ${leadMs} ms into the submit of another folder`,
  pausing: ({ leadMs }) => `, ${leadMs} ms into its pause`,
  cancelling: ({ leadMs }) => `, ${leadMs} ms into its cancel`,
  opening: ({ leadMs }) => `, ${leadMs} ms into the start after the app was killed`,
  quitting: ({ leadMs }) => `, ${leadMs} ms into the quit`,
};

/** The round in words. */
export function describeRound(round: Round): string {
  const { victims, work, fraction, moment, gapMs, probes } = round;
  const names = victims.map((victim) => (victim === 'ffprobe' ? `${probes} ffprobe` : victim));
  const faults = names.length > 0 ? `kill ${names.join(`, ${gapMs} ms later `)}` : 'quit';
  const scan = work === 'first' ? 'a first scan' : 'a rescan with changes';
  const point = moment === 'finishing' ? 'at the end' : `at ${Math.round(fraction * 100)} %`;
  return `${faults} ${point} of ${scan}${POINT[moment](round)}`;
}
