import type { NumberUnits } from './units';

/** A number as it is written: its value, and everything that is written the same at this many digits. */
export interface NumberLiteral {
  value: number;
  /** Belongs to it. */
  from: number;
  /** Does not belong to it any more. */
  to: number;
}

const PLAIN = /^(-?\d{1,15})(?:\.(\d{1,9}))?([a-z/°]*)$/;
/** Hours, minutes and seconds, of which one or two are left out. */
const PARTS = /^(?:(\d{1,6})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,6})s)?$/;
const CLOCK = /^(?:(\d{1,6}):([0-5]\d)|(\d{1,6})):([0-5]\d)$/;

/** Null: it is no number in these units. `text` is in small letters. */
export function parseNumber(text: string, units: NumberUnits): NumberLiteral | null {
  const named = units.names && Object.hasOwn(units.names, text) ? units.names[text] : undefined;
  if (named !== undefined) return around(named, 1);
  const [, whole, decimals = '', unit = ''] = PLAIN.exec(text) ?? [];
  if (whole !== undefined) {
    if (!Object.hasOwn(units.units, unit)) return null;
    const factor = units.units[unit] ?? 1;
    return around(Number(`${whole}.${decimals}`) * factor, factor / 10 ** decimals.length);
  }
  return units.hasClock ? (parseClock(text, units) ?? parseParts(text, units)) : null;
}

function parseClock(text: string, { units }: NumberUnits): NumberLiteral | null {
  const [, hours = '0', minutesOfHour, minutes = minutesOfHour, seconds] = CLOCK.exec(text) ?? [];
  if (seconds === undefined) return null;
  return clock(hours, minutes ?? '0', seconds, units['s'] ?? 1);
}

function parseParts(text: string, { units }: NumberUnits): NumberLiteral | null {
  const [, hours, minutes, seconds] = PARTS.exec(text) ?? [];
  if (hours === undefined && minutes === undefined && seconds === undefined) return null;
  const least = seconds !== undefined ? 's' : minutes !== undefined ? 'm' : 'h';
  const { value } = clock(hours ?? '0', minutes ?? '0', seconds ?? '0', units['s'] ?? 1);
  return around(value, units[least] ?? 1);
}

function clock(hours: string, minutes: string, seconds: string, second: number): NumberLiteral {
  const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return around(total * second, second);
}

/** What is written without more digits may be half a step more or less. */
function around(value: number, step: number): NumberLiteral {
  return { value, from: value - step / 2, to: value + step / 2 };
}
