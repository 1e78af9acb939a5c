import { describe, expect, it } from 'vitest';
import { fakeDetail, fakeVideo } from '../../testing/fake-video';
import { locationWords, pictureWords, streamFacts, streamTitle } from './stream-words';

const { streams } = fakeDetail({
  ...fakeVideo(1, { rootId: 1, path: '/videos' }),
  state: 'ok',
  width: 1920,
  height: 1080,
  videoCodec: 'h264',
  frameRate: '30000/1001',
  variableFrameRate: false,
});

const facts = (index: number) => {
  const stream = streams[index];
  if (!stream) throw new Error(`There is no stream ${index}.`);
  return Object.fromEntries(streamFacts(stream).map(({ label, value }) => [label, value]));
};

describe('streams in words', () => {
  it('titles every kind of stream', () => {
    expect(streams.map(streamTitle)).toEqual([
      'Video · H.264',
      'Audio · AAC · English',
      'Audio · Dolby Digital · German',
      'Subtitles · Timed text · French',
      'Data',
      'Cover picture · Motion JPEG',
    ]);
  });

  it('tells an editor what the picture is and how it is stored', () => {
    expect(facts(0)).toMatchObject({
      Picture: '1920 × 1080 (1080p, 16:9)',
      'Stored as': '1440 × 1080',
      'Pixel shape': '4:3',
      Rotation: '90° clockwise',
      'Frame rate': expect.stringMatching(/^29[.,]97 fps \(30000\/1001\)$/),
      Profile: 'High, level 4.1',
      Colour: 'bt709, limited range',
    });
  });

  it('tells the channels in people’s words with the exact layout beside them', () => {
    expect(facts(1)).toMatchObject({ Channels: 'stereo', 'Sample rate': '48 kHz' });
    expect(facts(2)).toMatchObject({ Channels: '5.1 (5.1(side))', Marked: 'comment' });
  });

  it('leaves out what is not known', () => {
    expect(facts(4)).not.toHaveProperty('Bit rate');
    expect(pictureWords({ width: null, height: null })).toBeNull();
  });

  it('says a place in degrees of its hemispheres', () => {
    const place = locationWords({ latitude: -33.8568, longitude: -151.2153, altitude: null });
    expect(place).toMatch(/^33[.,]8568°\u00a0S, 151[.,]2153°\u00a0W$/);
  });
});
