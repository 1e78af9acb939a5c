import { readFileSync } from 'node:fs';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ffmpegPath, ffprobePath } from '../tools';

/** Shell lines of the stand-ins. `$file` is the first that the real tool would be given, without `file:`. */
const behaviours = {
  /** Never ends, and starts a child that never ends; both write down their process IDs. */
  hang: 'sleep 1000 & echo $! > "$pids/$$.child"; echo $$ > "$pids/$$.parent"; wait',
  /** Writes without end. */
  flood: 'exec cat /dev/zero',
  crash: 'kill -SEGV $$',
  /** Is ended by somebody else three times, and well the fourth. */
  interrupted: `if [ -e "$pids/seen3" ]; then exec "$real" "$@"; fi
    for n in 1 2 3; do [ -e "$pids/seen$n" ] || break; done; : > "$pids/seen$n"; kill -INT $$`,
  /** Is ended by somebody else every time. */
  killed: 'kill -KILL $$',
  /** Takes more and more memory. */
  swell: 'exec tail /dev/zero',
  /** Lets go of its output and never ends. */
  brood: 'exec sleep 1000 >&- 2>&-',
  /** Writes errors without end. */
  scold: 'while :; do echo "never heard of it"; done >&2',
  /** Ends well without a word. */
  shrug: 'exit 0',
  noise: 'exec head -c 10000 /dev/urandom',
  chatter: 'echo "no JSON at all"',
  /** Kills the process that it works for, which may have a shell start it, and notes of which file. */
  assassinate: [
    'echo "$file" >> "$pids/killers"',
    '{ read -r _ name _ up _ < /proc/$PPID/stat; } 2>/dev/null',
    '[ "$name" = "(sh)" ] || up=$PPID; kill -KILL "$up"',
  ].join('; '),
  refuse: 'echo "$file: something odd" >&2; exit 1',
  /** Reports a packet, as ffmpeg does, for every file `go-<n>` that appears beside the script, without end. */
  stepwise: [
    'n=1; while :; do',
    'if [ -e "$pids/go-$n" ]; then',
    'echo "[info] demuxer+ffmpeg -> ist_index:0 type:video pkt_pts_time:$n pkt_dts_time:$n " >&2;',
    'n=$((n+1)); else sleep 0.05; fi; done',
  ].join(' '),
} as const;

type Behaviour = keyof typeof behaviours;

/**
 * A program in ffprobe's place that misbehaves on files whose name contains `marker`, and is the real one otherwise.
 * @param folder where the script is put, and where it notes process IDs
 */
export function fakeFfprobe(folder: string, behaviour: Behaviour, marker = 'odd'): Promise<string> {
  return fakeTool(ffprobePath, folder, behaviour, marker);
}

/** The same in ffmpeg's place. */
export function fakeFfmpeg(folder: string, behaviour: Behaviour, marker = 'odd'): Promise<string> {
  return fakeTool(ffmpegPath, folder, behaviour, marker);
}

async function fakeTool(
  realPath: string,
  folder: string,
  behaviour: Behaviour,
  marker: string,
): Promise<string> {
  const path = join(folder, 'tool.sh');
  const script = [
    '#!/bin/sh',
    'PATH=/usr/bin:/bin',
    `pids='${folder}'`,
    `real='${realPath}'`,
    "file=''",
    'for word; do case "$file$word" in file:*) file=$' + '{word#file:} ;; esac; done',
    `case $file in *${marker}*) ${behaviours[behaviour]} ;; *) exec "$real" "$@" ;; esac`,
  ];
  await writeFile(path, `${script.join('\n')}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A process of the `hang` behaviour. `child`: started by the stand-in for ffprobe, not by us. */
export interface NotedProcess {
  processId: number;
  kind: 'parent' | 'child';
}

/** Processes that the `hang` behaviour has noted so far. */
export async function notedProcesses(folder: string): Promise<NotedProcess[]> {
  const names = (await readdir(folder)).filter((name) => /\.(parent|child)$/.test(name));
  return names
    .map((name) => ({
      processId: Number(readFileSync(join(folder, name), 'utf8')),
      kind: name.endsWith('.child') ? ('child' as const) : ('parent' as const),
    }))
    .filter(({ processId }) => processId > 0);
}

/** Whether a process still runs; one that ended but was not collected by its parent does not. */
export function isAlive({ processId }: NotedProcess): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
