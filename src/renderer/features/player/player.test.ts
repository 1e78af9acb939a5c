import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openFakeLibrary } from '../../testing/fake-services';
import { FakeVideoElement } from '../../testing/fake-video-element';
import { showUndo } from '../../ui/undo-toast';
import { PLAYER_ACTION_TABLE } from './player-actions';

vi.mock('../../ui/error-toast');
vi.mock('../../ui/undo-toast');

/** A library whose list is shown, with a player that an element is attached to as the page would. */
async function openPlayer() {
  const { services, bridge, state } = await openFakeLibrary({ roots: ['/films'], videos: 60 });
  const { player, videos } = services;
  await vi.waitFor(() => expect(videos.shown?.total).toBe(60));
  const rows = Array.from({ length: 60 }, (_, index) => videos.shown?.row(index));
  const element = new FakeVideoElement();
  onTestFinished(player.attach(element.asVideo()));
  const ids = rows.map((row) => row?.id ?? 0);
  const playable = rows.findIndex(
    (row) => row?.state === 'ok' && row.videoCodec !== 'prores' && (row.durationSeconds ?? 0) > 120,
  );
  const shown = () => state().player;
  const playback = () => {
    const phase = shown()?.phase;
    if (phase?.kind !== 'playable') throw new Error(`It is ${phase?.kind}.`);
    return phase.playback;
  };
  /** Opens a video and shows its first frame. */
  const play = async (index: number) => {
    player.open(ids[index] ?? 0);
    await vi.waitFor(() => playback());
    element.currentTime = player.media.begin(playback(), () => undefined);
    player.media.continue();
    element.showFrame();
  };
  const run = (name: keyof typeof PLAYER_ACTION_TABLE) => PLAYER_ACTION_TABLE[name].run(services);
  return { services, player, bridge, state, element, ids, playable, shown, playback, play, run };
}

describe('the player', () => {
  it('knows a video that ended though more was to come from one that was played to its end', async () => {
    const { player, element, playable, playback, play } = await openPlayer();
    await play(playable);
    const length = playback().durationSeconds ?? 0;
    element.playTo(length / 2);
    element.ended = true;
    element.playTo(length);
    expect(player.media.endedEarly).toBe(true);
    element.ended = false;
    element.playTo(length - 0.2);
    element.ended = true;
    element.playTo(length);
    expect(player.media.endedEarly).toBe(false);
  });

  it('plays a video of the list, which is selected then, and gives everything back', async () => {
    const { player, bridge, state, element, ids, playable, play } = await openPlayer();
    await play(playable);
    expect(element.paused).toBe(false);
    expect(state()).toMatchObject({ selectedId: ids[playable], activeIndex: playable });
    player.close();
    expect(state().player).toBeNull();
    expect(state()).toMatchObject({ selectedId: ids[playable], activeIndex: playable });
    await vi.waitFor(() => expect(bridge.playbacks.open.size).toBe(0));
  });

  it('steps through the list in its order', async () => {
    const { player, state, ids, shown } = await openPlayer();
    player.open(ids[10] ?? 0);
    await vi.waitFor(() => expect(shown()?.neighbours.next?.video.id).toBe(ids[11]));
    player.step(1);
    await vi.waitFor(() => expect(shown()?.neighbours.next?.video.id).toBe(ids[12]));
    expect(state()).toMatchObject({ selectedId: ids[11], activeIndex: 11 });
    player.step(-1);
    expect(shown()?.videoId).toBe(ids[10]);
  });

  it('leaves no playback open however fast one steps', async () => {
    const { player, bridge, ids, shown } = await openPlayer();
    player.open(ids[0] ?? 0);
    for (let index = 1; index < 30; index++) {
      await vi.waitFor(() => expect(shown()?.neighbours.next?.video.id).toBe(ids[index]));
      player.step(1);
    }
    player.close();
    await vi.waitFor(() => expect(bridge.playbacks.open.size).toBe(0));
    expect(bridge.playbacks.requests.length).toBeGreaterThan(5);
  });

  it('says why a video cannot be played', async () => {
    const { services, player, shown } = await openPlayer();
    const offline = await services.api.videos.page({
      query: { scope: { type: 'missing' }, search: '', sort: 'name', descending: false },
      index: 0,
      limit: 1,
    });
    player.open(offline.videos[0]?.id ?? 0);
    await vi.waitFor(() => expect(shown()?.phase.kind).toBe('unplayable'));
    player.open(99_999);
    await vi.waitFor(() =>
      expect(shown()?.phase).toMatchObject({ kind: 'failed', error: { code: 'VIDEO_NOT_FOUND' } }),
    );
  });
});

describe('the position', () => {
  it('is kept when the player is closed, and gone on with', async () => {
    const { player, bridge, element, ids, playable, shown, play } = await openPlayer();
    await play(playable);
    player.media.seekTo(60);
    player.close();
    await vi.waitFor(() => expect(bridge.playbacks.positions.get(ids[playable] ?? 0)).toBe(60));
    await play(playable);
    expect(element.currentTime).toBe(60);
    expect(shown()?.resumedAtSeconds).toBe(60);
    player.startOver();
    expect(element.currentTime).toBe(0);
    expect(shown()?.resumedAtSeconds).toBeNull();
    player.close();
    await vi.waitFor(() => expect(bridge.playbacks.positions.get(ids[playable] ?? 0)).toBeNull());
  });

  it('is kept while it plays and when it pauses', async () => {
    const { player, bridge, element, ids, playable, play } = await openPlayer();
    const position = () => bridge.playbacks.positions.get(ids[playable] ?? 0);
    await play(playable);
    element.playTo(12);
    await vi.waitFor(() => expect(position()).toBe(12));
    element.playTo(13);
    player.media.pause();
    await vi.waitFor(() => expect(position()).toBe(13));
  });

  it('and whether it plays outlive another source', async () => {
    const { player, element, playable, playback, play } = await openPlayer();
    await play(playable);
    element.playTo(42);
    player.media.pause();
    await player.chooseAudio(2);
    player.media.hold();
    element.reset();
    expect(player.media.seconds).toBe(42);
    expect(player.media.begin(playback(), () => undefined)).toBe(42);
    player.media.continue();
    expect(element.paused).toBe(true);
    expect(playback().audioIndex).toBe(2);
  });
});

describe('what the keys do', () => {
  it('seeks within the video', async () => {
    const { element, playable, playback, play, run } = await openPlayer();
    await play(playable);
    run('forward-10');
    run('forward-5');
    run('back-1');
    expect(element.currentTime).toBe(14);
    run('back-10');
    run('back-5');
    expect(element.currentTime).toBe(0);
    run('to-end');
    const left = (playback().durationSeconds ?? 0) - element.currentTime;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(0.04);
  });

  it('steps frame by frame, paused', async () => {
    const { element, playable, play, run } = await openPlayer();
    await play(playable);
    element.playTo(1);
    element.showFrame();
    run('next-frame');
    expect(element.paused).toBe(true);
    expect(element.currentTime).toBeCloseTo(1.06);
    element.showFrame(1.04);
    run('previous-frame');
    expect(element.currentTime).toBeCloseTo(1.02);
  });

  it('turns the volume up from silence when it was muted', async () => {
    const { state, playable, play, run } = await openPlayer();
    await play(playable);
    run('toggle-mute');
    expect(state()).toMatchObject({ muted: true, volume: 1 });
    run('louder');
    expect(state()).toMatchObject({ muted: false, volume: 0.05 });
    run('quieter');
    run('quieter');
    expect(state().volume).toBe(0);
  });

  it('changes speed and loop until the player is closed', async () => {
    const { player, ids, playable, shown, play, run } = await openPlayer();
    await play(playable);
    run('faster');
    run('toggle-loop');
    player.open(ids[playable + 1] ?? 0);
    expect(shown()).toMatchObject({ speed: 1.25, loop: true });
    player.close();
    player.open(ids[playable] ?? 0);
    expect(shown()).toMatchObject({ speed: 1, loop: false });
  });

  it('goes round the subtitles and remembers their language for the next video', async () => {
    const { player, state, ids, playable, shown, playback, play, run } = await openPlayer();
    await play(playable);
    for (const index of [5, 6, 7, 8, 9, null]) {
      run('next-subtitle');
      await vi.waitFor(() => expect(shown()?.subtitleIndex).toBe(index));
    }
    expect(playback().mode).toBe('direct');
    await player.chooseSubtitle(6);
    expect(state().subtitleLanguage).toBe('deu');
    player.close();
    player.open(ids[playable] ?? 0);
    await vi.waitFor(() => expect(shown()?.subtitleIndex).toBe(7));
  });

  it('has subtitles that are pictures drawn into the video, for as long as they are wanted', async () => {
    const { player, bridge, playable, shown, playback, play } = await openPlayer();
    await play(playable);
    await player.chooseSubtitle(8);
    await player.chooseAudio(2);
    expect(bridge.playbacks.requests.at(-1)).toMatchObject({ audioIndex: 2, subtitleIndex: 8 });
    expect(shown()?.subtitleIndex).toBe(8);
    await player.chooseSubtitle(5);
    expect(shown()?.subtitleIndex).toBe(5);
    expect(playback()).toMatchObject({ mode: 'direct', audioIndex: 2 });
    await vi.waitFor(() => expect([...bridge.playbacks.open]).toEqual([playback().playbackId]));
  });

  it('sets the shown frame as poster, which can be taken back', async () => {
    const { element, playable, shown, play, run } = await openPlayer();
    await play(playable);
    element.playTo(30.02);
    element.showFrame(30);
    run('set-poster');
    await vi.waitFor(() => expect(shown()?.posterSeconds).toBe(30));
    await vi.waitFor(() => expect(vi.mocked(showUndo)).toHaveBeenCalledOnce());
    vi.mocked(showUndo).mock.calls[0]?.[1]();
    await vi.waitFor(() => expect(shown()?.posterSeconds).toBeNull());
  });

  it('counts from where the video begins, which is not always the file’s own zero', async () => {
    const { services, player, element, playable, shown, playback, play, run } = await openPlayer();
    await play(playable);
    player.media.hold();
    element.reset();
    const phase = { kind: 'playable', playback: { ...playback(), zeroSeconds: 0.25 } } as const;
    services.store.getState().changePlayer({ phase });
    expect(player.media.begin(playback(), () => undefined)).toBe(0.25);
    element.showFrame(0.25);
    player.media.seekTo(30);
    expect(element.currentTime).toBe(30.25);
    expect(player.media.seconds).toBe(30);
    element.showFrame(30.25);
    run('next-frame');
    expect(element.currentTime).toBeCloseTo(30.31);
    element.showFrame(30.29);
    run('set-poster');
    await vi.waitFor(() => expect(shown()?.posterSeconds).toBeCloseTo(30.04));
  });
});
