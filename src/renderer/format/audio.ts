import { countOf, formatDecimal } from './number';

const CHANNEL_NAMES: Readonly<Record<number, string>> = {
  1: 'mono',
  2: 'stereo',
  6: '5.1',
  8: '7.1',
};

/** `2` → `stereo`, `6` → `5.1`, `4` → `4 channels`. */
export function channelsName(channels: number): string {
  return CHANNEL_NAMES[channels] ?? countOf(channels, 'channel');
}

/** Hertz as `48 kHz` or `44.1 kHz`. */
export function formatSampleRate(hertz: number): string {
  return `${formatDecimal(hertz / 1000, 2)} kHz`;
}
