import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import type { Filmstrip } from '../../../shared/preview';
import { mediaPictureUrl, Previews } from './previews';

const LAYOUT: Filmstrip = { columns: 1, frameWidth: 320, frameHeight: 180, times: [0.5] };

function open(filmstrip: (request: { id: number }) => Promise<Filmstrip> = async () => LAYOUT) {
  const asked: number[] = [];
  const remade: number[][] = [];
  const api = {
    previews: {
      filmstrip: (request: { id: number }) => {
        asked.push(request.id);
        return filmstrip(request);
      },
      remake: async ({ ids }: { ids: number[] }) => {
        remade.push(ids);
        return {};
      },
    },
  };
  return { asked, remade, previews: new Previews(api as never) };
}

describe('addresses', () => {
  it('are those that the app serves, unless others are given', () => {
    expect(open().previews.url('abc', 'poster')).toBe('media://preview/abc/poster');
    expect(mediaPictureUrl('def', 'filmstrip')).toBe('media://preview/def/filmstrip');
  });
});

describe('layouts', () => {
  it('are asked for once for each filmstrip, also while the answer is under way', async () => {
    const { asked, previews } = open();
    const [one, again] = await Promise.all([previews.layout(7, 'a'), previews.layout(7, 'a')]);
    await previews.layout(7, 'a');
    expect([one, again]).toEqual([LAYOUT, LAYOUT]);
    expect(asked).toEqual([7]);
    await previews.layout(7, 'a newer one');
    expect(asked).toEqual([7, 7]);
  });

  it('are none where the filmstrip is gone, and then asked for again', async () => {
    const { asked, previews } = open(() =>
      Promise.reject(new VitrineError('PREVIEW_NOT_FOUND', 'gone')),
    );
    expect(await previews.layout(7, 'a')).toBeNull();
    expect(await previews.layout(7, 'a')).toBeNull();
    expect(asked).toEqual([7, 7]);
  });

  it('are forgotten when others were used since', async () => {
    const { asked, previews } = open();
    await previews.layout(1, 'used again');
    await previews.layout(2, 'not used again');
    for (let other = 10; other < 209; other += 1) {
      await previews.layout(1, 'used again');
      await previews.layout(other, `other ${other}`);
    }
    asked.length = 0;
    await previews.layout(1, 'used again');
    await previews.layout(2, 'not used again');
    expect(asked).toEqual([2]);
  });
});

describe('broken images', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are made again together, each video once', () => {
    const { remade, previews } = open();
    for (const id of [3, 4, 3]) previews.reportBroken(id);
    expect(remade).toEqual([]);
    vi.runAllTimers();
    expect(remade).toEqual([[3, 4]]);
    previews.reportBroken(3);
    previews.reportBroken(5);
    vi.runAllTimers();
    expect(remade).toEqual([[3, 4], [5]]);
  });
});
