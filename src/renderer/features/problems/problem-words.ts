import type { ProblemCode } from '../../../shared/media';

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
    reason: 'Reading it crashed Vitrine',
    advice: 'It stopped Vitrine’s reader again and again, so it is left alone until it changes.',
  },
};

/** Why a file could not be read, in a person's words. */
export function describeProblem(code: ProblemCode): ProblemWords {
  return WORDS[code];
}
