/** What the numbers of a field are written in. */
export interface NumberUnits {
  /** By their names in small letters, '' for a bare number: how many of the field's own unit they are. */
  units: Readonly<Record<string, number>>;
  /** Words that stand for a number. */
  names?: Readonly<Record<string, number>>;
  /** Whether `1:30` and `1h30m` are numbers too. */
  hasClock?: true;
  /** For the sentence that says what can be written. */
  examples: string;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const K = 1000;
const KI = 1024;

export const COUNT: NumberUnits = { units: { '': 1 }, examples: 'a number such as 2' };

export const PIXELS: NumberUnits = { units: { '': 1, px: 1 }, examples: 'a number such as 1920' };

export const DEGREES: NumberUnits = { units: { '': 1, '°': 1 }, examples: '0, 90, 180 or 270' };

export const BITS: NumberUnits = { units: { '': 1, bit: 1 }, examples: '8, 10 or 12' };

export const FRAMES: NumberUnits = { units: { '': 1, fps: 1 }, examples: '25, 29.97 or >50' };

export const CHANNELS: NumberUnits = {
  units: { '': 1 },
  names: { mono: 1, stereo: 2, '2.1': 3, '5.1': 6, '7.1': 8 },
  examples: '2, stereo or 5.1',
};

/** Microseconds. */
export const DURATION: NumberUnits = {
  units: { '': SECOND, ms: K, s: SECOND, sec: SECOND, m: MINUTE, min: MINUTE, h: HOUR },
  hasClock: true,
  examples: 'a time such as 90s, >10m, 1h30m or 1:30..2:00',
};

/** Bytes. */
export const SIZE: NumberUnits = {
  units: {
    ...{ '': 1, b: 1, k: K, kb: K, m: K ** 2, mb: K ** 2, g: K ** 3, gb: K ** 3, t: K ** 4 },
    ...{ tb: K ** 4, kib: KI, mib: KI ** 2, gib: KI ** 3, tib: KI ** 4 },
  },
  examples: 'a size such as 700mb, >2gb or 1.5gib',
};

/** Bits per second. */
export const BIT_RATE: NumberUnits = {
  units: {
    ...{ '': 1, k: K, kbps: K, kbit: K, 'kbit/s': K, m: K ** 2, mbps: K ** 2, mbit: K ** 2 },
    ...{ 'mbit/s': K ** 2, g: K ** 3, gbps: K ** 3 },
  },
  examples: 'a rate such as 800k or >20mbps',
};

/** Lines of the class. */
export const RESOLUTION: NumberUnits = {
  units: { '': 1, p: 1 },
  names: {
    ...{ sd: 480, hd: 720, fhd: 1080, fullhd: 1080, qhd: 1440, '2k': 1440, uhd: 2160 },
    ...{ '4k': 2160, '8k': 4320 },
  },
  examples: 'sd, 720p, 1080p, 1440p, 4k, 8k or >=1080p',
};
