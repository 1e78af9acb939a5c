import type { VideoStream } from '../../shared/media';
import { MAX_FILMSTRIP_FRAMES } from '../../shared/preview';
import type { Timing } from './container';

/** A way to get pictures out of a video. Times are seconds from its start. */
export type FramePlan =
  /** A keyframe from about each time on: the first one, or the second. */
  | { kind: 'seeks'; times: readonly number[]; ordinal: 1 | 2 }
  /** One reading from beginning to end that decodes keyframes only, and shows one every so many seconds. */
  | { kind: 'keyframes'; every: number }
  /** The same with all frames. */
  | { kind: 'all'; every: number; withoutUnreferenced: boolean }
  /** All frames from one time to another. */
  | { kind: 'span'; from: number; to: number };

/** A plan that is followed if those before it gave fewer pictures than so many. */
export interface PlanStep {
  plan: FramePlan;
  ifFewerThan: number;
}

/** Closer together they show the same. */
const LEAST_SPACING = 0.1;

/** One reading shows a picture at least so often: the length may be told wrong, or not at all. */
const MOST_SPACING = 2;

/** With fewer it is worth it to decode what stands between keyframes, which takes up to ten times as long. */
const ENOUGH = 10;

/** Up to so many seconds a reading of the keyframes costs less than to jump to 25 of them. */
const SHORT_SECONDS = 60;

/** Up to so many seconds it is worth it to decode everything. */
const MEDIUM_SECONDS = 900;

/** Frames that no other refers to may be left out, where there are plenty of others. */
const PLENTY_SECONDS = 5;

/** Codecs each of whose pictures is a keyframe: to decode all of them takes long, to jump to some does not. */
const INTRA_CODECS: ReadonlySet<string> = new Set([
  ...['prores', 'dnxhd', 'mjpeg', 'jpeg2000', 'dvvideo', 'cfhd', 'v210', 'rawvideo'],
  ...['ffvhuff', 'huffyuv', 'utvideo', 'magicyuv', 'lagarith', 'ffv1', 'r210', 'v410'],
]);

/** Its decoder gives pictures wrong times where some are left out. To decode all of them costs little. */
const CARELESS_CODEC = 'mpeg4';

/** What to try for a filmstrip, in order. */
export function filmstripPlans(
  durationSeconds: number | null,
  codec: string | null,
  timing: Timing,
): PlanStep[] {
  const every = spacing(durationSeconds);
  const needsAll = timing !== 'each' || codec === CARELESS_CODEC;
  const all: FramePlan = {
    kind: 'all',
    every,
    withoutUnreferenced: !needsAll && durationSeconds !== null && durationSeconds > PLENTY_SECONDS,
  };
  if (timing === 'none') return [always(all)];
  const atOnce: FramePlan = needsAll ? all : { kind: 'keyframes', every };
  const isIntra = INTRA_CODECS.has(codec ?? '');
  const more: PlanStep = { plan: all, ifFewerThan: wanted(durationSeconds) };
  if (durationSeconds === null || (durationSeconds <= SHORT_SECONDS && !isIntra)) {
    return needsAll ? [always(all)] : [always(atOnce), more];
  }
  const seeks: FramePlan = {
    kind: 'seeks',
    times: spreadTimes(durationSeconds),
    ordinal: timing === 'some' && !isIntra ? 2 : 1,
  };
  if (durationSeconds <= MEDIUM_SECONDS) return [always(seeks), more];
  return [
    always(seeks),
    { plan: atOnce, ifFewerThan: ENOUGH },
    // Of an hour with a single keyframe one sees at least the beginning.
    { plan: all, ifFewerThan: 2 },
  ];
}

/** Where in a video the candidates for its poster are, in parts of its length. */
const FIRST_CANDIDATE = 0.3;
const MORE_CANDIDATES: readonly number[] = [0.5, 0.7];

/** Steps each of which is taken if no good poster was found before it. */
export interface PosterPlans {
  /** One key frame; null where nothing can be jumped to. Each takes as long as the rest of the work. */
  first: FramePlan | null;
  others: readonly (readonly PlanStep[])[];
}

/** What to try for a poster, in order. */
export function posterPlans(
  durationSeconds: number | null,
  codec: string | null,
  timing: Timing,
): PosterPlans {
  const all = filmstripPlans(durationSeconds, codec, timing);
  if (durationSeconds === null || timing === 'none') return { first: null, others: [all] };
  const keyframesAt = (parts: readonly number[]): FramePlan => ({
    kind: 'seeks',
    times: parts.map((part) => part * durationSeconds),
    ordinal: 1,
  });
  return {
    first: keyframesAt([FIRST_CANDIDATE]),
    others: [[always(keyframesAt(MORE_CANDIDATES))], all],
  };
}

/** What to try for the picture that a video shows at a time: the last one that is not behind it. */
export function exactPlans(atSeconds: number, timing: Timing): PlanStep[] {
  const to = atSeconds + EXACT_TOLERANCE;
  const starts = [atSeconds - 1, atSeconds - 60, 0].map((start) => Math.max(0, start));
  const plans: FramePlan[] = starts
    .filter((from) => timing !== 'none' || from === 0)
    .map((from) => ({ kind: 'span', from, to }));
  // The first picture comes later than that: it is what players show until then.
  if (timing !== 'none') plans.push({ kind: 'seeks', times: [0], ordinal: 1 });
  // Nothing is known of its time.
  plans.push({ kind: 'all', every: MOST_SPACING, withoutUnreferenced: false });
  return plans.map((plan) => ({ plan, ifFewerThan: 1 }));
}

/** Decoded pictures of the seeks of one run, in pixels: each seek has a decoder of its own, with its memory. */
const MOST_PIXELS = 50_000_000;

/** Seeks of one run: a command line may be only so long, 32,767 characters on Windows. */
const MOST_SEEKS = 9;

/** The runs that a plan takes. */
export function runsOf(plan: FramePlan, stream: VideoStream): FramePlan[] {
  if (plan.kind !== 'seeks') return [plan];
  const { codedWidth, codedHeight, bitDepth } = stream;
  const pixels = (codedWidth ?? 0) * (codedHeight ?? 0) * ((bitDepth ?? 8) > 8 ? 2 : 1);
  const seeks = Math.min(MOST_SEEKS, Math.max(1, Math.floor(MOST_PIXELS / Math.max(1, pixels))));
  const runs = Math.ceil(plan.times.length / seeks);
  return Array.from({ length: runs }, (_, run) => ({
    ...plan,
    times: plan.times.slice(run * seeks, (run + 1) * seeks),
  }));
}

/** Players and containers round times differently. */
const EXACT_TOLERANCE = 0.002;

function always(plan: FramePlan): PlanStep {
  return { plan, ifFewerThan: Number.POSITIVE_INFINITY };
}

function spacing(durationSeconds: number | null): number {
  const even = (durationSeconds ?? 0) / MAX_FILMSTRIP_FRAMES;
  return Math.min(MOST_SPACING, Math.max(LEAST_SPACING, even));
}

/** Pictures below which more are looked for. */
function wanted(durationSeconds: number | null): number {
  if (durationSeconds === null) return ENOUGH;
  return Math.min(ENOUGH, Math.max(2, Math.floor(durationSeconds / LEAST_SPACING / 2)));
}

/** In the middle of equal parts. */
function spreadTimes(durationSeconds: number): number[] {
  const parts = Math.max(
    1,
    Math.min(MAX_FILMSTRIP_FRAMES, Math.floor(durationSeconds / LEAST_SPACING)),
  );
  return Array.from({ length: parts }, (_, part) => ((part + 0.5) / parts) * durationSeconds);
}
