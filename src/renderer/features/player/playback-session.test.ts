import { describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import type { Playback } from '../../../shared/playback';
import { openFakeLibrary } from '../../testing/fake-services';
import { type PlaybackPhase, PlaybackSession } from './playback-session';

/** Plays video 1, which the made-up library can play. */
async function openSession() {
  const { api, bridge } = await openFakeLibrary({ roots: ['/films'], videos: 1 });
  const { playbacks } = bridge;
  const phases: PlaybackPhase[] = [];
  const session = new PlaybackSession(api, 1, (phase) => phases.push(phase));
  const current = (): Playback => {
    const phase = phases.at(-1);
    if (phase?.kind !== 'playable') throw new Error(`It is ${phase?.kind}.`);
    return phase.playback;
  };
  /** Holds answers back until they are let go, in any order. */
  const hold = () => {
    const held: (() => void)[] = [];
    playbacks.beforeAnswer = () => new Promise((resolve) => held.push(resolve));
    return held;
  };
  return { session, phases, current, playbacks, hold };
}

describe('playing one video', () => {
  it('opens one playback and closes it', async () => {
    const { session, current, playbacks } = await openSession();
    await session.open();
    expect([...playbacks.open]).toEqual([current().playbackId]);
    session.dispose();
    await vi.waitFor(() => expect(playbacks.open.size).toBe(0));
  });

  it('closes at once what is answered after the end, and tells nobody', async () => {
    const { session, phases, playbacks, hold } = await openSession();
    const held = hold();
    const opening = session.open();
    await vi.waitFor(() => expect(held.length).toBe(1));
    session.dispose();
    held[0]?.();
    await opening;
    await vi.waitFor(() => expect(playbacks.open.size).toBe(0));
    expect(playbacks.requests.length).toBe(1);
    expect(phases).toEqual([]);
  });

  it('tells an error by its code', async () => {
    const { session, phases, playbacks } = await openSession();
    playbacks.beforeAnswer = () => {
      throw new VitrineError('ROOT_OFFLINE', 'It is away.');
    };
    await session.open();
    expect(phases).toEqual([
      { kind: 'failed', error: expect.objectContaining({ code: 'ROOT_OFFLINE' }) },
    ]);
  });
});

describe('another audio track', () => {
  it('replaces what plays, which is closed', async () => {
    const { session, current, playbacks } = await openSession();
    await session.open();
    expect(await session.choose({ audioIndex: 2 })).toBe(true);
    expect(current().audioIndex).toBe(2);
    await vi.waitFor(() => expect([...playbacks.open]).toEqual([current().playbackId]));
  });

  it('leaves what plays alone when it cannot be played', async () => {
    const { session, phases, current, playbacks } = await openSession();
    await session.open();
    playbacks.beforeAnswer = () => {
      throw new VitrineError('INTERNAL', 'No decoder.');
    };
    expect(await session.choose({ audioIndex: 2 })).toBe(false);
    expect(phases.length).toBe(1);
    expect([...playbacks.open]).toEqual([current().playbackId]);
  });

  it('is the one that was chosen last, in whatever order the answers come', async () => {
    const { session, current, playbacks, hold } = await openSession();
    await session.open();
    const held = hold();
    const choices = [session.choose({ audioIndex: 2 }), session.choose({ audioIndex: 3 })];
    await vi.waitFor(() => expect(held.length).toBe(2));
    held[1]?.();
    held[0]?.();
    expect(await Promise.all(choices)).toEqual([null, true]);
    expect(current().audioIndex).toBe(3);
    await vi.waitFor(() => expect([...playbacks.open]).toEqual([current().playbackId]));
  });
});

describe('a playback that fails', () => {
  it('is followed by a remux, then by a transcode, then by the reason', async () => {
    const { session, phases, current, playbacks } = await openSession();
    await session.open();
    await session.choose({ audioIndex: 2 });
    expect(current().mode).toBe('direct');
    await session.fallBack(current().playbackId);
    expect(current()).toMatchObject({ mode: 'remux', audioIndex: 2 });
    await session.fallBack(current().playbackId);
    expect(current()).toMatchObject({ mode: 'transcode', audioIndex: 2 });
    await session.fallBack(current().playbackId);
    expect(phases.at(-1)).toEqual({
      kind: 'unplayable',
      reason: expect.stringContaining('could not be decoded'),
    });
    await vi.waitFor(() => expect(playbacks.open.size).toBe(0));
  });

  it('is not played directly again for another audio track', async () => {
    const { session, current } = await openSession();
    await session.open();
    await session.fallBack(current().playbackId);
    await session.choose({ audioIndex: 3 });
    expect(current()).toMatchObject({ mode: 'remux', audioIndex: 3 });
  });

  it('changes nothing when it was replaced already', async () => {
    const { session, current, playbacks } = await openSession();
    await session.open();
    const { playbackId } = current();
    await session.choose({ audioIndex: 2 });
    await session.fallBack(playbackId);
    expect(current().mode).toBe('direct');
    expect(playbacks.requests.length).toBe(2);
  });
});
