import { describe, expect, it } from 'vitest';
import type { FileTask, HeaderReport } from '../../shared/library-protocol';
import { HeaderReading, type HeaderReadingOptions } from './header-reading';

const fileTask = (videoId: number): FileTask => ({
  ...{ videoId, path: `${videoId}.mp4`, pathBytes: null, sizeBytes: 1, mtimeMs: 1 },
});

const reportOf = ({ videoId, sizeBytes, mtimeMs }: FileTask): HeaderReport => ({
  ...{ videoId, sizeBytes, mtimeMs, facts: null },
});

/** A listing that brings files, and what is made of them. */
function setup(options: Partial<HeaderReadingOptions> = {}) {
  const waiting: FileTask[] = [];
  const events: string[] = [];
  const stop = new AbortController();
  const reading = new HeaderReading({
    signal: stop.signal,
    take: (limit) => Promise.resolve(waiting.splice(0, limit)),
    read: (tasks) => Promise.resolve(tasks.map(reportOf)),
    write: (reports) => {
      events.push(`wrote ${reports.length}`);
      return Promise.resolve();
    },
    onIdle: ({ complete }) => void events.push(complete ? 'complete' : 'idle'),
    ...options,
  });
  const list = (count: number, complete = false) => {
    waiting.push(...Array.from({ length: count }, (_, id) => fileTask(id)));
    reading.announce({ complete });
  };
  return { reading, events, stop, list };
}

describe('the reading of headers', () => {
  it('reads all that is listed, in large steps, and tells when there is nothing more', async () => {
    const { reading, events, list } = setup();
    list(600, true);
    await reading.run();
    expect(events).toEqual(['wrote 256', 'wrote 256', 'wrote 88', 'complete']);
  });

  it('is idle whenever the listing is slower, and goes on with what comes', async () => {
    const { reading, events, list } = setup();
    const run = reading.run();
    await reading.idle();
    list(3);
    await reading.idle();
    list(2, true);
    await run;
    expect(events).toEqual(['idle', 'wrote 3', 'idle', 'wrote 2', 'complete']);
    await reading.idle();
  });

  it('is not idle before what was read is written', async () => {
    let finishWrite: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      finishWrite = resolve;
    });
    const { reading, events, list } = setup({ write: () => written });
    list(1);
    const run = reading.run();
    const idle = reading.idle().then(() => events.push('seen idle'));
    finishWrite();
    await idle;
    expect(events).toEqual(['idle', 'seen idle']);
    list(0, true);
    await run;
  });

  it.each(['take', 'read', 'write'] as const)('ends with the failure of a %s', async (step) => {
    const { reading, list } = setup({ [step]: () => Promise.reject(new Error('gone')) });
    list(300, true);
    await expect(reading.run()).rejects.toThrow('gone');
  });

  it('lets nobody wait any longer once it is stopped', async () => {
    const { reading, stop, list } = setup({ read: () => new Promise(() => undefined) });
    list(1);
    const idle = reading.idle();
    stop.abort(new Error('cancelled'));
    await expect(idle).rejects.toThrow('cancelled');
  });
});
