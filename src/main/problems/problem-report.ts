import type { ReportedProblem } from '../../shared/library-protocol';

/** What a report says at its head. */
export interface ReportHead {
  vitrine: string;
  platform: string;
  electron: string;
  /** Null where it is not known. */
  ffprobe: string | null;
  madeAtMs: number;
}

/** Problems that a report holds at most. */
export const MAX_REPORTED = 500;
/** A report goes into a mail or a form: what is longer would be cut off there, without a word. */
const MAX_CHARACTERS = 200_000;

/**
 * A report for whoever is to find out what is wrong with the files: plain text, a paragraph a file.
 * @param total how many problems there are; those that do not stand in the report are counted at its end
 */
export function problemReport(
  head: ReportHead,
  problems: readonly ReportedProblem[],
  total: number,
): string {
  const lines = [
    'Vitrine: files that could not be read',
    [
      `Vitrine ${head.vitrine}`,
      head.platform,
      `Electron ${head.electron}`,
      `ffprobe ${head.ffprobe ?? 'unknown'}`,
    ].join(', '),
    `${isoDate(head.madeAtMs)}, ${count(total, 'file')}`,
  ];
  const paragraphs: string[] = [];
  let room = MAX_CHARACTERS;
  for (const problem of problems.slice(0, MAX_REPORTED)) {
    const paragraph = paragraphOf(problem);
    room -= paragraph.length;
    if (room < 0) break;
    paragraphs.push(paragraph);
  }
  const leftOut = total - paragraphs.length;
  const rest = leftOut > 0 ? [`${count(leftOut, 'more file')} left out of this report.`] : [];
  return `${[lines.join('\n'), ...paragraphs, ...rest].join('\n\n')}\n`;
}

function paragraphOf({ path, sizeBytes, mtimeMs, problem }: ReportedProblem): string {
  const words = problem.toolOutput?.split('\n') ?? [];
  return [
    path,
    `  ${sizeBytes} bytes, changed ${isoDate(mtimeMs)}`,
    `  ${problem.stage}, ${problem.code}, ${isoDate(problem.occurredAt)}`,
    `  ${problem.message}`,
    ...words.map((line) => `  | ${line}`),
  ]
    .map(onOneLine)
    .join('\n');
}

/** A name may hold line ends and worse; in a report it must stand as what it is. */
function onOneLine(text: string): string {
  return text.replaceAll(
    /[^\P{Cc}\t]/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Times of files can be any number, also one that no date has. */
function isoDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? `${milliseconds} ms` : date.toISOString();
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
