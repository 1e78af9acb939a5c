import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toolEnvironment } from '../children/tool-input';
import { openWithoutBlocking } from '../open-file';
import { ffprobeArguments } from '../probe/ffprobe-arguments';
import { parseFfprobe } from '../probe/parse-ffprobe';
import { ffprobePath } from '../tools';
import type { QuickFacts } from './quick-facts';
import { readFileHeader } from './read-file-header';
import { makeHeaderCorpus } from './testing/header-corpus';

const run = promisify(execFile);
let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-headers-'));
  files = await makeHeaderCorpus(folder);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** ffprobe's answer in the form of the quick facts. */
async function factsOfFfprobe(path: string): Promise<QuickFacts> {
  const { stdout } = await run(ffprobePath, ffprobeArguments(path), {
    env: toolEnvironment(process.env),
    maxBuffer: 16_000_000,
  });
  const parsed = parseFfprobe(stdout, basename(path));
  if (!parsed.ok) throw new Error(`${path}: ${parsed.failure.message}`);
  const { media } = parsed;
  const count = (type: string) => media.streams.filter((stream) => stream.type === type).length;
  const audio = media.streams.filter((stream) => stream.type === 'audio');
  const main = audio.find(({ disposition }) => disposition.includes('default')) ?? audio[0];
  return {
    ...media,
    audioLanguage: main?.language ?? null,
    videoTracks: count('video'),
    audioTracks: count('audio'),
    subtitleTracks: count('subtitle'),
  };
}

it('header readers say what ffprobe says, or nothing', { timeout: 300_000 }, async () => {
  expect(files.length).toBeGreaterThan(200);
  const different: string[] = [];
  const open = new Map<string, number>();
  let unread = 0;
  for (const path of files) {
    const [facts, truth] = [
      await readFileHeader(path, basename(path), () => true, openWithoutBlocking),
      await factsOfFfprobe(path),
    ];
    if (!facts) {
      unread += 1;
      continue;
    }
    for (const name of Object.keys(facts) as (keyof QuickFacts)[]) {
      if (facts[name] === truth[name]) continue;
      if (facts[name] === null) open.set(name, (open.get(name) ?? 0) + 1);
      else different.push(`${basename(path)}: ${name} ${facts[name]}, ffprobe ${truth[name]}`);
    }
  }
  const share = (count: number) => `${((100 * count) / files.length).toFixed(1)} %`;
  const fields = [...open].map(([name, count]) => `${name} ${share(count)}`).join(', ');
  process.stdout.write(
    `headers: ${files.length} files, ${share(unread)} not read at all; left open: ${fields}\n`,
  );
  expect(different).toEqual([]);
  // Readers that never say anything would agree with everybody.
  expect(unread / files.length).toBeLessThan(0.05);
  for (const count of open.values()) expect(count / files.length).toBeLessThan(0.2);
});
