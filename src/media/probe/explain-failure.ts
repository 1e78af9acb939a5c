import type { ProbeFailure } from './failure';
import type { FfprobeRun } from './run-ffprobe';

/** Longest excerpt of ffprobe's words that is kept with a problem, in characters. */
const MAX_TOOL_OUTPUT = 2048;

interface Explanation extends Pick<ProbeFailure, 'stage' | 'code' | 'message'> {
  pattern: RegExp;
}

/** ffprobe's words, the most telling first: its last line is often only a general "Invalid data found". */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /Permission denied|Operation not permitted/,
    stage: 'open',
    code: 'PERMISSION_DENIED',
    message: 'The file may not be read by this user.',
  },
  {
    pattern: /Input\/output error|Stale file handle|No such device|Host is down/,
    stage: 'open',
    code: 'IO_ERROR',
    message: 'The drive reported an error while the file was read.',
  },
  {
    pattern: /not on whitelist|Not detecting m3u8/i,
    stage: 'probe',
    code: 'NOT_MEDIA',
    message: 'The content is not video but a kind of file that Vitrine does not open.',
  },
  {
    pattern: /moov atom not found/,
    stage: 'probe',
    code: 'DAMAGED',
    message:
      'The index of the file is missing: the recording or the copy was cut off, or it is no video at all.',
  },
  {
    pattern: /exceeds max_streams/,
    stage: 'probe',
    code: 'DAMAGED',
    message: 'The header names more streams than any real video has.',
  },
  {
    pattern: /Cannot allocate memory/,
    stage: 'probe',
    code: 'DAMAGED',
    message: 'The header asks for an unreasonable amount of memory.',
  },
  {
    pattern:
      /EBML header parsing failed|error reading header|Truncat|Could not find codec parameters|End of file|partial file|corrupt|damaged/i,
    stage: 'probe',
    code: 'DAMAGED',
    message: 'The header of the file is damaged or cut off.',
  },
];

const UNKNOWN_CONTENT: Omit<Explanation, 'pattern'> = {
  stage: 'probe',
  code: 'NOT_MEDIA',
  message: 'The content is not recognised as video.',
};

/** Why a run of ffprobe that ended by itself gave no answer, from its own words. */
export function explainErrorOutput(errorOutput: string): Omit<ProbeFailure, 'toolOutput'> {
  const { stage, code, message } =
    EXPLANATIONS.find(({ pattern }) => pattern.test(errorOutput)) ?? UNKNOWN_CONTENT;
  return { stage, code, message };
}

/** What went wrong in a run, or null when ffprobe ended as it should. */
export function explainRun(run: FfprobeRun): Omit<ProbeFailure, 'toolOutput'> | null {
  switch (run.end.kind) {
    case 'timed-out':
      return {
        stage: 'probe',
        code: 'TIMED_OUT',
        message: `ffprobe was stopped because it took longer than ${run.end.seconds} seconds.`,
      };
    case 'too-much-output':
      return {
        stage: 'probe',
        code: 'TOO_MUCH_OUTPUT',
        message:
          'ffprobe was stopped because the file describes itself in an unreasonable amount of text.',
      };
    case 'too-much-memory':
      return {
        stage: 'probe',
        code: 'TOOL_CRASHED',
        message:
          'ffprobe was stopped because the file made it use an unreasonable amount of memory.',
      };
    case 'signalled':
      return {
        stage: 'probe',
        code: 'TOOL_CRASHED',
        message: `ffprobe crashed on this file (${run.end.signal}).`,
      };
    case 'exited':
      return run.end.code === 0 ? null : explainErrorOutput(run.errorOutput);
  }
}

/** ffprobe's words for a person: without the folder, which the row shows anyway, and cut to a readable length. */
export function excerptOf(errorOutput: string, source: string, fileName: string): string | null {
  const words = errorOutput
    .replaceAll(`file:${source}`, fileName)
    .replaceAll(source, fileName)
    // Addresses such as `[mov,mp4 @ 0x5581c0]` differ at every run.
    .replaceAll(/ @ 0x[0-9a-f]+\]/g, ']')
    // The list of what is allowed would be longer than all else.
    .replaceAll(/on whitelist '[^']*'/g, 'on whitelist')
    .trim();
  if (words === '') return null;
  return words.length > MAX_TOOL_OUTPUT ? `${words.slice(0, MAX_TOOL_OUTPUT - 1)}…` : words;
}
