import { BitReader } from './bit-reader';
import { HeaderDoubt } from './header-source';

/** Channels by `channelConfiguration`, ISO/IEC 14496-3 table 1.19. */
const CHANNELS = [null, 1, 2, 3, 4, 5, 6, 8] as const;
const LOW_COMPLEXITY = 2;
const MAIN_PROFILE = 1;
/** Index of 24 kHz: at and below it a mono stream may carry parametric stereo without saying so here. */
const LOW_RATE_INDEX = 6;

/**
 * Codec and channels of an `AudioSpecificConfig` (ISO/IEC 14496-3 section 1.6.2.1). Spectral band replication and
 * parametric stereo change what a decoder gives; such streams, and those that only their data explain, are left open.
 */
export function channelsOfAac(configuration: Uint8Array): {
  codec: string | null;
  channels: number | null;
} {
  try {
    const bits = new BitReader(configuration);
    const objectType = bits.bits(5);
    const rateIndex = bits.bits(4);
    if (objectType !== LOW_COMPLEXITY && objectType !== MAIN_PROFILE) {
      return { codec: objectType <= 5 ? 'aac' : null, channels: null };
    }
    if (rateIndex === 15) bits.skip(24);
    const channels = CHANNELS[bits.bits(4)] ?? null;
    const mayBeStereo = channels === 1 && rateIndex >= LOW_RATE_INDEX;
    return { codec: 'aac', channels: mayBeStereo ? null : channels };
  } catch (thrown) {
    if (thrown instanceof HeaderDoubt) return { codec: null, channels: null };
    throw thrown;
  }
}
