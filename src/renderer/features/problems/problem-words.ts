import type { Problem, ProblemCode } from '../../../shared/media';
import { formatDateTime } from '../../format/date';

export interface ProblemWords {
  /** Short enough for a tile. */
  reason: string;
  /** What it means and what can be done. */
  advice: string;
}

const WORDS: Readonly<Record<ProblemCode, ProblemWords>> = {
  EMPTY_FILE: {
    reason: 'The file is empty',
    advice: 'A copy or recording was probably interrupted. Copy it again from where it came.',
  },
  PERMISSION_DENIED: {
    reason: 'No permission to read it',
    advice: 'Change the permissions of the file, then scan its folder again.',
  },
  IO_ERROR: {
    reason: 'The drive could not read it',
    advice: 'The drive or the connection may be failing. Make a backup, then scan again.',
  },
  NOT_MEDIA: {
    reason: 'Not a video',
    advice: 'It is named like a video but holds something else.',
  },
  NO_VIDEO_STREAM: {
    reason: 'Holds no video',
    advice: 'There is no picture in it, perhaps only sound.',
  },
  DAMAGED: {
    reason: 'The file is damaged',
    advice: 'A part of it is missing or unreadable. Some players may still play the rest.',
  },
  TIMED_OUT: {
    reason: 'Reading took too long',
    advice: 'The drive may be slow or the file unusual. It is tried again when it changes.',
  },
  TOO_MUCH_OUTPUT: {
    reason: 'Its description is too large',
    advice: 'It carries more metadata than any real video, so Vitrine stopped reading it.',
  },
  TOOL_CRASHED: {
    reason: 'Reading it failed',
    advice: 'The tool that reads videos stopped on it. It is tried again when it changes.',
  },
  BAD_OUTPUT: {
    reason: 'Reading it failed',
    advice: 'The tool that reads videos gave an answer about it that makes no sense.',
  },
  PROCESS_CRASHED: {
    reason: 'Put away after crashes',
    advice:
      'It made Vitrine’s reading process crash again and again, so it is left alone until it changes. No other file is affected.',
  },
};

/** A code that another version wrote. */
const UNKNOWN: ProblemWords = {
  reason: 'It cannot be read',
  advice: 'Vitrine does not know this kind of problem. The technical details say more.',
};

/** Why a file could not be read, in a person's words. */
export function describeProblem(code: string): ProblemWords {
  return (WORDS as Readonly<Record<string, ProblemWords>>)[code] ?? UNKNOWN;
}

/** Whether the file is left alone because it made a process crash. */
export function isQuarantined({ code }: { code: string }): boolean {
  return code === 'PROCESS_CRASHED';
}

const STAGE_WORDS: Readonly<Record<string, string>> = {
  open: 'Failed when it was opened',
  probe: 'Failed when it was read',
  parse: 'Failed when its description was read',
};

/** The technical text of a problem. */
export function problemText(problem: Problem): string {
  const when = formatDateTime(problem.occurredAt);
  return [
    problem.toolOutput?.trim(),
    `${problem.code} (${problem.stage}): ${problem.message}`,
    when,
  ]
    .filter(Boolean)
    .join('\n');
}

/** What lies behind the technical text: where it failed, and whose words they are. */
export function problemTextLabel({ stage, toolOutput }: Problem): string {
  const words = toolOutput ? 'what ffprobe said' : 'technical details';
  return `${STAGE_WORDS[stage] ?? 'Failed'} · ${words}`;
}
