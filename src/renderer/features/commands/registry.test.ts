import { describe, expect, it, vi } from 'vitest';
import { MENU_COMMAND_NAMES } from '../../../shared/menu-commands';
import { fakeHistory, fakeLiveJobs } from '../../testing/fake-history';
import { openFakeLibrary } from '../../testing/fake-services';
import { appCommand } from './app-commands';
import type { Action, Command } from './command';
import { availableCommands, findCommands, signatureOf } from './registry';

vi.mock('../../ui/error-toast');
vi.mock('../../ui/notice-toast');

const ROOTS = ['/media/anna/Holiday 2019', '/home/anna/Archive', '/mnt/offline/Studio NAS'];

const open = () =>
  openFakeLibrary({
    roots: ROOTS,
    videos: 80,
    history: [...fakeLiveJobs(), ...fakeHistory()],
  });

function flat(commands: readonly Command[]): Action[] {
  return commands.flatMap((command) => ('choices' in command ? command.choices : [command]));
}

function titled(commands: readonly Command[], title: string): Action {
  const found = flat(commands).find((command) => command.title === title);
  if (!found) throw new Error(`There is no command “${title}”.`);
  return found;
}

describe('the commands', () => {
  it('are each one command: no two have the same ID', async () => {
    const { state } = await open();
    state().select(7, null);
    const commands = availableCommands(state());
    const ids = [...commands, ...flat(commands).filter((one) => !commands.includes(one))].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('name the edit that they take back or make again', async () => {
    const { state } = await open();
    const edit = (editId: number, rating: number) => ({
      editId,
      description: { type: 'rate' as const, videos: 1200, rating },
    });
    state().setHistory({ undo: edit(2, 3), redo: edit(3, 1), writing: null });
    const commands = flat(availableCommands(state()));
    expect(titled(commands, 'Undo').detail).toBe('Rate 1,200 videos 3 stars');
    expect(titled(commands, 'Redo').detail).toBe('Rate 1,200 videos 1 star');
  });

  it('hold every entry of the application menu, with its key', async () => {
    const { state } = await open();
    const commands = availableCommands(state());
    // The palette is open, and nothing was edited.
    const unlisted = ['show-palette', 'undo', 'redo'];
    for (const name of MENU_COMMAND_NAMES) {
      expect(appCommand(name)).toMatchObject({ id: name, key: expect.any(String) });
      if (!unlisted.includes(name)) expect(commands.map(({ id }) => id)).toContain(name);
    }
  });

  it('offer for each job what it allows', async () => {
    const { state } = await open();
    const titles = flat(availableCommands(state())).map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Pause all jobs',
        'Resume all jobs',
        'Pause scan of Holiday 2019',
        'Cancel scan of Holiday 2019',
        'Give scan of Holiday 2019 high priority',
        'Resume scan of 1998',
        'Try scan of Studio NAS now',
        'Pause verification of Family archive 1998–2012',
      ]),
    );
    expect(titles).not.toContain('Resume scan of Holiday 2019');
  });

  it('offer scanning and verifying for folders that are there, and going to all of them', async () => {
    const { state } = await open();
    const titles = flat(availableCommands(state())).map(({ title }) => title);
    expect(titles).toContain('Scan Archive again');
    expect(titles).toContain('Verify the videos in Archive');
    expect(titles).not.toContain('Scan Studio NAS again');
    expect(titles).toContain('Go to Studio NAS');
  });

  it('offer for the selected video only when there is one', async () => {
    const { state } = await open();
    const groups = () => availableCommands(state()).map(({ group }) => group);
    expect(groups()).not.toContain('Selected video');
    state().select(7, null);
    expect(groups()).toContain('Selected video');
  });

  it('are the player’s alone while it is open, each with its key', async () => {
    const { services, state } = await open();
    services.player.open(7);
    const commands = availableCommands(state());
    expect(commands.map(({ title, plainKey }) => [title, plainKey])).toContainEqual([
      'Full screen',
      'F',
    ]);
    expect(commands.every(({ group }) => group === 'Player')).toBe(true);
    state().changePlayer({ phase: { kind: 'unplayable', reason: 'No decoder.' } });
    const left = availableCommands(state()).map(({ title }) => title);
    expect(left).toContain('Next video');
    expect(left).not.toContain('Play or pause');
    titled(commands, 'Close the player').run(services);
    expect(availableCommands(state()).some(({ group }) => group === 'Player')).toBe(false);
  });

  it('do what they say', async () => {
    const { services, state } = await open();
    const run = (title: string) => titled(availableCommands(state()), title).run(services);
    run('Go to problems');
    expect(state().place).toEqual({ type: 'problems' });
    run('Go to Archive');
    expect(state().place).toEqual({ type: 'videos', scope: { type: 'root', rootId: 2 } });
    run('Show videos as a table');
    expect(state().mode).toBe('table');
    run('Pause scan of Holiday 2019');
    run('Give scan of 1998 high priority');
    run('Scan Archive again');
    await vi.waitFor(() => {
      const job = (jobId: string) => state().jobs.find((known) => known.jobId === jobId);
      expect(job('live-scan')?.state).toBe('paused');
      expect(job('live-5')?.priority).toBe('high');
      expect(state().jobs.some(({ target }) => target === ROOTS[1])).toBe(true);
    });
  });

  it('have the selected video’s pictures made again', async () => {
    const { services, state, videos } = await open();
    const poster = () => videos.shown?.row(videos.shown.indexOf(7) ?? -1)?.preview?.poster;
    await vi.waitFor(() => expect(poster()).toBeDefined());
    const before = poster();
    state().select(7, null);
    titled(availableCommands(state()), 'Make the selected video’s preview again').run(services);
    await vi.waitFor(() => expect(poster()).not.toBe(before));
  });

  it('look the same while work merely gets on', async () => {
    const { state, bridge } = await open();
    bridge.advance(1);
    await vi.waitFor(() => expect(state().jobs.some(({ done }) => done === 4211)).toBe(true));
    const before = signatureOf(availableCommands(state()));
    bridge.advance(1);
    await vi.waitFor(() => expect(state().jobs.some(({ done }) => done === 4212)).toBe(true));
    expect(signatureOf(availableCommands(state()))).toBe(before);
  });
});

describe('finding', () => {
  it('reaches what lies behind a choice directly, best first', async () => {
    const { state } = await open();
    const found = findCommands(availableCommands(state()), 'scan archive');
    expect(found[0]?.title).toBe('Scan Archive again');
    expect(findCommands(availableCommands(state()), 'no such thing')).toEqual([]);
  });
});
