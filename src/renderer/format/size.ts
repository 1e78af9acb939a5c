import { formatDecimal, LOCALE } from './number';

/** Windows counts 1,024 bytes to the KB; macOS and the Linux desktops count 1,000. */
type SizeHabit = 'decimal' | 'binary';

const UNITS: Record<SizeHabit, { base: number; names: readonly string[] }> = {
  decimal: { base: 1000, names: ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] },
  binary: { base: 1024, names: ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] },
};

const SYSTEM_SIZE_HABIT: SizeHabit =
  typeof navigator !== 'undefined' && navigator.userAgent.includes('Windows')
    ? 'binary'
    : 'decimal';

/** Bytes as `812 bytes`, `4.2 MB`, `38 GB`: two significant digits below ten, whole numbers above. */
export function formatSize(bytes: number, habit = SYSTEM_SIZE_HABIT, locale = LOCALE): string {
  const { base, names } = UNITS[habit];
  let value = bytes;
  let unit = 0;
  // 999.7 MB is said as 1 GB, not as 1,000 MB.
  while (Math.round(value) >= base && unit < names.length - 1) {
    value /= base;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  const name = unit === 0 && bytes === 1 ? 'byte' : names[unit];
  return `${formatDecimal(value, digits, locale)} ${name}`;
}

/** Bits per second as `640 kbit/s` or `12.5 Mbit/s`. */
export function formatBitRate(bitsPerSecond: number, locale = LOCALE): string {
  const kilobits = bitsPerSecond / 1000;
  if (kilobits < 1) return `${formatDecimal(bitsPerSecond, 0, locale)} bit/s`;
  if (Math.round(kilobits) < 1000) return `${formatDecimal(kilobits, 0, locale)} kbit/s`;
  const megabits = kilobits / 1000;
  return `${formatDecimal(megabits, megabits < 99.5 ? 1 : 0, locale)} Mbit/s`;
}
