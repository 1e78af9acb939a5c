import { parseArgs } from 'node:util';
import { VitrineError } from '../../shared/errors';
import { queryHelp } from '../../shared/query/help';
import { parseQuery } from '../../shared/query/parse';
import {
  FACETS,
  type Facet,
  type FacetValue,
  MAX_QUERY_LENGTH,
  type VideoQuery,
} from '../../shared/video-query';

export const USAGE = `Usage: vitrine --cli <command>

  scan <folder>...   add the folders, scan them and follow the scan to its end
  list               one video a line
  facets             how many videos there are of each codec, resolution, length and so on
  show <path|id>     one video with all its streams
  verify <path>...   decode the videos of folders and files in the library and list the damage
  jobs               background jobs, newest first
  problems           files that could not be read; with --retry they are read again
  export             the library, or what --query finds, for other programs; or all tags, ratings, notes and
                     collections, to be imported again
  import <file>      add exported tags, ratings, notes and collections; what the library has stays
  backups            copies of the library that were kept, newest first
  restore <backup>   put one of them in the library's place, or the newest: restore latest

Options
  --library <folder>        library to use instead of the person's own
  --json                    one JSON object a line
  --query <text>            list, facets, export: words and terms such as codec:hevc; list --help says which there are
  --filter <facet>=<value>  list, facets, export: only videos with this value, as facets shows it; more of one facet
                            add to each other
  --limit <n>               list: at most n videos
  --format <format>         export: json, csv or m3u; or user-data, which is always of all videos
  --accept-missing          scan: what is not found is gone, however much it is
  --retry                   problems: read all of them again and follow the scans

Exit codes: 0 done, also when damage was found, 1 failed, 2 wrong usage, 3 library locked or unusable, 130 interrupted
`;

/** How a value is called that is not known, or that there is none of. */
export const UNKNOWN = 'unknown';

const VIDEO_FORMATS = ['json', 'csv', 'm3u'] as const;
/** Formats of a list of videos. */
export type ExportFormat = (typeof VIDEO_FORMATS)[number];
const USER_DATA = 'user-data';

interface Common {
  libraryPath: string | null;
  json: boolean;
}

/** Which videos of the library a command is about. */
export interface Wanted {
  query: string;
  filters: VideoQuery['filters'];
}

export type Command =
  | (Common & { name: 'scan'; folders: string[]; acceptMissing: boolean })
  | (Common & Wanted & { name: 'list'; limit: number })
  | (Common & Wanted & { name: 'facets' })
  | (Common & { name: 'show'; video: string })
  | (Common & { name: 'verify'; paths: string[] })
  | (Common & { name: 'jobs' })
  | (Common & { name: 'problems'; retry: boolean })
  | (Common & Wanted & { name: 'export'; format: ExportFormat })
  | (Common & { name: 'export'; format: typeof USER_DATA })
  | (Common & { name: 'import'; file: string })
  | (Common & { name: 'backups' })
  | (Common & { name: 'restore'; backup: string })
  /** `ofQuery`: with the query language. */
  | (Common & { name: 'help'; ofQuery: boolean });

const OPTIONS_OF = {
  scan: ['library', 'json', 'accept-missing'],
  list: ['library', 'json', 'query', 'filter', 'limit'],
  facets: ['library', 'json', 'query', 'filter'],
  show: ['library', 'json'],
  verify: ['library', 'json'],
  jobs: ['library', 'json'],
  problems: ['library', 'json', 'retry'],
  export: ['library', 'json', 'query', 'filter', 'format'],
  import: ['library', 'json'],
  backups: ['library', 'json'],
  restore: ['library', 'json'],
  help: ['library', 'json'],
} as const satisfies Record<Command['name'], readonly string[]>;

/** What was typed cannot be understood: exit code 2. */
export class UsageError extends VitrineError {
  constructor(message: string) {
    super('INVALID_REQUEST', message);
  }
}

/** @throws UsageError */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [name = 'help', ...operands] = positionals;
  if (values.help) {
    return { name: 'help', ofQuery: isAboutVideos(name), libraryPath: null, json: false };
  }
  if (!isCommandName(name)) throw new UsageError(`There is no command ${name}.`);
  const allowed: readonly string[] = OPTIONS_OF[name];
  for (const option of Object.keys(values)) {
    if (!allowed.includes(option)) throw new UsageError(`${name} has no option --${option}.`);
  }
  const common = { libraryPath: values.library ?? null, json: values.json ?? false };
  switch (name) {
    case 'scan':
      if (operands.length === 0) throw new UsageError('scan needs a folder.');
      return {
        ...common,
        name,
        folders: operands,
        acceptMissing: values['accept-missing'] ?? false,
      };
    case 'verify':
      if (operands.length === 0) throw new UsageError('verify needs a folder or a video.');
      return { ...common, name, paths: operands };
    case 'show':
      return { ...common, name, video: only(operands, 'show needs one path or ID.') };
    case 'restore':
      return { ...common, name, backup: only(operands, 'restore needs one backup, or latest.') };
    case 'list':
      refuseOperands(name, operands);
      return { ...common, name, ...parseWanted(values), limit: parseLimit(values.limit) };
    case 'facets':
      refuseOperands(name, operands);
      return { ...common, name, ...parseWanted(values) };
    case 'export':
      refuseOperands(name, operands);
      return { ...common, name, ...parseExport(values) };
    case 'import':
      return { ...common, name, file: only(operands, 'import needs one file.') };
    case 'problems':
      refuseOperands(name, operands);
      return { ...common, name, retry: values.retry ?? false };
    case 'jobs':
    case 'backups':
      refuseOperands(name, operands);
      return { ...common, name };
    case 'help':
      refuseOperands(name, operands);
      return { ...common, name, ofQuery: false };
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        library: { type: 'string' },
        json: { type: 'boolean' },
        query: { type: 'string' },
        filter: { type: 'string', multiple: true },
        limit: { type: 'string' },
        format: { type: 'string' },
        'accept-missing': { type: 'boolean' },
        retry: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (thrown) {
    throw new UsageError((thrown as Error).message);
  }
}

/** What `help` prints. */
export function helpText(ofQuery: boolean): string {
  return ofQuery ? `${USAGE}\n${queryHelp()}` : USAGE;
}

function isAboutVideos(name: string): boolean {
  return isCommandName(name) && (OPTIONS_OF[name] as readonly string[]).includes('query');
}

function isCommandName(name: string): name is Command['name'] {
  return Object.hasOwn(OPTIONS_OF, name);
}

function refuseOperands(name: string, operands: readonly string[]): void {
  if (operands.length > 0) throw new UsageError(`${name} takes no ${operands[0]}.`);
}

function only(operands: readonly string[], otherwise: string): string {
  const [operand] = operands;
  if (operand === undefined || operands.length > 1) throw new UsageError(otherwise);
  return operand;
}

function parseWanted({ query = '', filter }: { query?: string; filter?: string[] }): Wanted {
  refuseErrors(query);
  if (!filter) return { query, filters: undefined };
  const filters: Partial<Record<Facet, FacetValue[]>> = {};
  for (const text of filter) {
    const [name, value] = splitOnce(text, '=');
    const facet = FACETS.find((candidate) => candidate === name);
    if (!facet || value === null) {
      throw new UsageError(`--filter needs one of ${FACETS.join(', ')}, = and a value.`);
    }
    filters[facet] = [...(filters[facet] ?? []), parseFacetValue(value)];
  }
  return { query, filters };
}

/** In a window what cannot be understood is shown and left out; a script would not notice. */
function refuseErrors(query: string): void {
  if (query.length > MAX_QUERY_LENGTH) {
    throw new UsageError(`--query takes at most ${MAX_QUERY_LENGTH} characters.`);
  }
  const [error] = parseQuery(query).errors;
  if (!error) return;
  const { from, to, message } = error;
  throw new UsageError(`--query, at character ${from + 1} (${query.slice(from, to)}): ${message}`);
}

function splitOnce(text: string, separator: string): [before: string, after: string | null] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** No facet has both numbers and texts that look like them. */
function parseFacetValue(text: string): FacetValue {
  if (text === UNKNOWN) return null;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('--limit needs a whole number.');
  return Number(text);
}

function parseExport(values: { format?: string; query?: string; filter?: string[] }) {
  if (values.format === USER_DATA) {
    if (values.query !== undefined || values.filter) {
      throw new UsageError(`export --format ${USER_DATA} is of all videos.`);
    }
    return { format: USER_DATA } as const;
  }
  const format = VIDEO_FORMATS.find((candidate) => candidate === values.format);
  if (!format) {
    throw new UsageError(`export needs --format ${VIDEO_FORMATS.join(', ')} or ${USER_DATA}.`);
  }
  return { format, ...parseWanted(values) };
}
