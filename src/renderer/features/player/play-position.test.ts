import { describe, expect, it, vi } from 'vitest';
import { openFakeLibrary } from '../../testing/fake-services';
import { PlayPosition, rememberedPosition } from './play-position';

describe('what is remembered of where a video stopped', () => {
  it.each([
    ['in the middle', 300, 754, 300],
    ['hardly begun', 4.9, 754, null],
    ['in the last ten seconds of a long one', 744.1, 754, null],
    ['just before them', 743.9, 754, 743.9],
    ['in the last twentieth of a shorter one', 114.1, 120, null],
    ['just before it', 113.9, 120, 113.9],
    ['in a clip under a minute', 30, 59, null],
    ['in a video of unknown length', 300, null, null],
  ])('%s', (_where, seconds, duration, expected) => {
    expect(rememberedPosition(seconds, duration)).toBe(expected);
  });
});

async function positionOf(positionSeconds: number | null) {
  const { api, bridge } = await openFakeLibrary({ roots: ['/films'], videos: 1 });
  const position = new PlayPosition(api, { id: 1, durationSeconds: 754, positionSeconds });
  const save = vi.spyOn(bridge.playbacks, 'savePosition');
  const saved = () => save.mock.calls.map(([{ seconds }]) => seconds);
  return { position, saved };
}

describe('keeping the position', () => {
  it('begins where it stopped, unless that was at the end', async () => {
    expect((await positionOf(300)).position.startSeconds).toBe(300);
    expect((await positionOf(750)).position.startSeconds).toBe(0);
    expect((await positionOf(null)).position.startSeconds).toBe(0);
  });

  it('saves every few seconds of playing, not at every tick', async () => {
    const { position, saved } = await positionOf(null);
    for (let seconds = 0; seconds <= 21; seconds += 0.25) position.passed(seconds);
    expect(saved()).toEqual([5, 10, 15, 20]);
  });

  it('saves at once when it is told to, and nothing twice', async () => {
    const { position, saved } = await positionOf(300);
    position.save(300);
    position.save(301);
    position.save(301);
    expect(saved()).toEqual([301]);
  });

  it('forgets it at the end', async () => {
    const { position, saved } = await positionOf(300);
    position.passed(745);
    position.passed(750);
    expect(saved()).toEqual([null]);
  });
});
