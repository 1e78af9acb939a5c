import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));

/**
 * Lints one line as if it stood in `file`.
 * @param {string} file
 * @param {string} line
 */
function lint(file, line) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'lint', `--stdin-file-path=${file}`, '--only=style/noRestrictedImports'],
    { cwd: root, input: `${line}\n`, encoding: 'utf8' },
  );
  return { refused: status !== 0, output: stdout + stderr };
}

describe('import boundaries between the process folders', () => {
  it.each([
    ['src/shared/a.ts', '../library/b'],
    ['src/shared/a.ts', 'node:fs'],
    ['src/shared/a.ts', 'electron'],
    ['src/main/a.ts', '../library/b'],
    ['src/main/jobs/a.ts', '../../media/b'],
    ['src/main/jobs/a.ts', '../../renderer/b'],
    ['src/library/a.ts', '../main/b'],
    ['src/library/migrations/a.ts', '../../media/b'],
    ['src/library/open.ts', 'electron'],
    ['src/media/scan/a.ts', '../../library/b'],
    ['src/media/scan/a.ts', 'electron'],
    ['src/preload/a.ts', '../main/b'],
    ['src/renderer/features/a.tsx', '../../main/b'],
    ['src/renderer/features/grid/a.tsx', '../../../preload/b'],
    ['src/renderer/a.ts', 'node:path'],
    ['src/renderer/a.ts', 'electron'],
  ])('refuse %s importing %s', (file, imported) => {
    const { refused, output } = lint(file, `import '${imported}';`);
    expect(output).toContain('noRestrictedImports');
    expect(refused).toBe(true);
  });

  it.each([
    ['src/main/index.ts', 'electron'],
    ['src/library/index.ts', 'electron'],
    ['src/media/index.ts', 'electron'],
    ['src/media/scan/a.ts', '../../shared/errors'],
    ['src/renderer/features/a.tsx', '../../shared/media'],
    ['src/library/a.ts', 'node:fs'],
    ['src/shared/a.ts', './media'],
  ])('allow %s importing %s', (file, imported) => {
    expect(lint(file, `import '${imported}';`).refused).toBe(false);
  });
});
