// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { authorityEntry } from './virtual-display.js';

const foreground = fileURLToPath(new URL('foreground.js', import.meta.url));

// Stands for cli.js: runs a command in the foreground and ends with its exit code.
const launcher = `
  import { runForeground } from ${JSON.stringify(foreground)};
  const { exitCode } = await runForeground(process.execPath, ['-e', process.argv[1]]);
  process.exitCode = exitCode;
`;

/** @param {string} script what the launched command does */
function launch(script) {
  const args = ['--input-type=module', '-e', launcher, script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  return {
    child,
    /** @param {string} text */
    async untilPrinted(text) {
      while (!printed.includes(text)) await once(child.stdout, 'data');
    },
    async end() {
      const [code, signal] = await once(child, 'close');
      return { code, signal, printed };
    },
  };
}

describe.skipIf(process.platform === 'win32')('a command in the foreground', () => {
  it('gives its exit code and its output, and nothing else', async () => {
    const result = await launch('console.log("out"); process.exit(3)').end();
    expect(result).toEqual({ code: 3, signal: null, printed: 'out\n' });
  });

  it('gives 128 and the number of the signal that killed it', async () => {
    expect((await launch('process.kill(process.pid, "SIGKILL")').end()).code).toBe(137);
  });

  it('gets one SIGINT of several that come at once, and decides itself how to end', async () => {
    const script = `
      let count = 0;
      process.on('SIGINT', () => {
        count++;
        if (count === 1) setTimeout(() => { console.log('interrupts:', count); process.exit(130); }, 300);
      });
      console.log('ready');
      setInterval(() => {}, 1000);
    `;
    const { child, untilPrinted, end } = launch(script);
    await untilPrinted('ready');
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 50);
    expect(await end()).toEqual({ code: 130, signal: null, printed: 'ready\ninterrupts: 1\n' });
  });

  it('is told to end when its launcher is killed without a chance to tell it', async () => {
    const script = `
      process.on('SIGTERM', () => { console.log('ended in order'); process.exit(0); });
      console.log('ready');
      setInterval(() => {}, 1000);
    `;
    const { child, untilPrinted, end } = launch(script);
    await untilPrinted('ready');
    child.kill('SIGKILL');
    // It holds the launcher's standard output, so that its end is the end of that too.
    expect(await end()).toMatchObject({ signal: 'SIGKILL', printed: 'ready\nended in order\n' });
  });

  it('may finish its work after a SIGTERM', async () => {
    const script = `
      process.on('SIGTERM', () => process.exit(0));
      console.log('ready');
      setInterval(() => {}, 1000);
    `;
    const { child, untilPrinted, end } = launch(script);
    await untilPrinted('ready');
    child.kill('SIGTERM');
    expect((await end()).code).toBe(0);
  });
});

it('writes an X authority entry that is good for any display', () => {
  const entry = authorityEntry(Buffer.alloc(16, 0xab));
  const expected = `ffff00000000${'0012'}${Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')}0010${'ab'.repeat(16)}`;
  expect(entry.toString('hex')).toBe(expected);
});
