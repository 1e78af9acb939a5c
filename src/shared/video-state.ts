/**
 * `missing`: its folder was read and it was not there. `offline`: the root cannot be reached, so nothing is known.
 */
export const VIDEO_STATES = ['ok', 'unreadable', 'missing', 'offline'] as const;
export type VideoState = (typeof VIDEO_STATES)[number];

/** Why a file cannot be read. */
export const PROBLEM_CODES = [
  'EMPTY_FILE',
  'PERMISSION_DENIED',
  'IO_ERROR',
  'NOT_MEDIA',
  'NO_VIDEO_STREAM',
  'DAMAGED',
  'TIMED_OUT',
  'TOO_MUCH_OUTPUT',
  'TOOL_CRASHED',
  'BAD_OUTPUT',
  'PROCESS_CRASHED',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
