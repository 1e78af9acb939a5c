import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Writer } from './writer';

/** A writer over a table of events, with a clock and an event loop that the test moves. */
function setUp() {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE events (id INTEGER PRIMARY KEY, name TEXT)');
  let time = 0;
  const turns: (() => void)[] = [];
  const writer = new Writer({
    database,
    clock: () => time,
    nextTurn: () => new Promise((resolve) => turns.push(resolve)),
  });
  const insert = database.prepare('INSERT INTO events (name) VALUES (?)');
  return {
    writer,
    database,
    write: (name: string) => void insert.run(name),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** Lets the next waiting slice run. */
    turn: async () => {
      turns.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    },
    events: () => database.prepare('SELECT name FROM events ORDER BY id').pluck().all(),
  };
}

const noCheck = () => undefined;

describe('the writer', () => {
  it('cuts bulk work by time, whatever the number of rows', async () => {
    const { writer, write, pass, turn, events } = setUp();
    function* steps() {
      for (const cost of [1, 1, 20, 3, 3, 3, 1]) {
        write(`cost ${cost}`);
        pass(cost);
        yield;
      }
    }
    const run = writer.runInSlices(steps(), noCheck);
    await turn();
    expect(events()).toEqual(['cost 1', 'cost 1', 'cost 20']);
    await turn();
    expect(events()).toHaveLength(6);
    await turn();
    expect(events()).toHaveLength(7);
    await run;
  });

  it('lets an interactive write go between two slices, committed at once', async () => {
    const { writer, write, pass, turn, events, database } = setUp();
    function* steps() {
      for (const name of ['bulk 1', 'bulk 2']) {
        write(name);
        pass(10);
        yield;
      }
    }
    const run = writer.runInSlices(steps(), noCheck);
    writer.transact(() => write('interactive 1'));
    await turn();
    writer.transact(() => write('interactive 2'));
    expect(database.inTransaction).toBe(false);
    await turn();
    await turn();
    await run;
    expect(events()).toEqual(['interactive 1', 'bulk 1', 'interactive 2', 'bulk 2']);
  });

  it('gives two pieces of bulk work their turns', async () => {
    const { writer, write, pass, turn, events } = setUp();
    function* steps(name: string) {
      for (let count = 1; count <= 2; count += 1) {
        write(`${name}${count}`);
        pass(10);
        yield;
      }
    }
    const runs = [writer.runInSlices(steps('a'), noCheck), writer.runInSlices(steps('b'), noCheck)];
    for (let count = 0; count < 6; count += 1) await turn();
    await Promise.all(runs);
    expect(events()).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('rolls back the slice that failed and keeps the ones before', async () => {
    const { writer, write, pass, turn, events, database } = setUp();
    function* steps() {
      write('kept');
      pass(10);
      yield;
      write('lost');
      throw new Error('broken');
    }
    const run = expect(writer.runInSlices(steps(), noCheck)).rejects.toThrow('broken');
    await turn();
    await turn();
    await run;
    expect(events()).toEqual(['kept']);
    expect(database.inTransaction).toBe(false);
  });

  it('checks before every slice whether the work may go on', async () => {
    const { writer, write, pass, turn, events } = setUp();
    let allowed = true;
    function* steps() {
      for (;;) {
        write('row');
        pass(10);
        yield;
      }
    }
    const run = writer.runInSlices(steps(), () => {
      if (!allowed) throw new Error('over');
    });
    const ended = expect(run).rejects.toThrow('over');
    await turn();
    allowed = false;
    await turn();
    await ended;
    expect(events()).toEqual(['row']);
  });

  it('that closes ends bulk work before its next slice and refuses what comes later', async () => {
    const { writer, write, pass, turn, events } = setUp();
    function* steps() {
      for (;;) {
        write('row');
        pass(10);
        yield;
      }
    }
    const ended = expect(writer.runInSlices(steps(), noCheck)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await turn();
    const closed = writer.close();
    await turn();
    await turn();
    await closed;
    await ended;
    expect(() => writer.transact(() => write('late'))).toThrow('closed');
    expect(events()).toEqual(['row']);
  });
});
