import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

const REFUSED = [
  ['src/shared/a.ts', '../library/b'],
  ['src/shared/b.ts', 'node:fs'],
  ['src/shared/c.ts', 'electron'],
  ['src/main/a.ts', '../library/b'],
  ['src/main/jobs/a.ts', '../../media/b'],
  ['src/main/jobs/b.ts', '../../renderer/b'],
  ['src/library/a.ts', '../main/b'],
  ['src/library/migrations/a.ts', '../../media/b'],
  ['src/library/open.ts', 'electron'],
  ['src/media/scan/a.ts', '../../library/b'],
  ['src/media/scan/b.ts', 'electron'],
  ['src/preload/a.ts', '../main/b'],
  ['src/renderer/features/a.tsx', '../../main/b'],
  ['src/renderer/features/grid/a.tsx', '../../../preload/b'],
  ['src/renderer/a.ts', 'node:path'],
  ['src/renderer/b.ts', 'electron'],
];
const ALLOWED = [
  ['src/main/index.ts', 'electron'],
  ['src/library/index.ts', 'electron'],
  ['src/media/index.ts', 'electron'],
  ['src/media/scan/c.ts', '../../shared/errors'],
  ['src/renderer/features/c.tsx', '../../shared/media'],
  ['src/library/b.ts', 'node:fs'],
  ['src/shared/d.ts', './media'],
];

/** @type {string} */
let folder;
/** @type {Set<string>} */
let refused;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-boundaries-'));
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  for (const [file = '', imported] of [...REFUSED, ...ALLOWED]) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `import '${imported}';\n`);
  }
  const { stdout } = spawnSync(
    process.execPath,
    [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', 'src'],
    { cwd: folder, encoding: 'utf8' },
  );
  refused = new Set();
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    if (category === 'lint/style/noRestrictedImports') {
      refused.add((location.path.file ?? location.path).replaceAll('\\', '/'));
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('import boundaries between the process folders', () => {
  it.each(REFUSED)('refuse %s importing %s', (file) => {
    expect([...refused]).toContain(file);
  });
  it.each(ALLOWED)('allow %s importing %s', (file) => {
    expect([...refused]).not.toContain(file);
  });
});
