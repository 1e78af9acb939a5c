const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const AGE = /^(\d{1,4})([dwmy])$/;

/** A stretch of time, in milliseconds since epoch; `to` does not belong to it any more. */
export interface DateLiteral {
  from: number;
  to: number;
  /** How long ago something may be at most, reckoned from now: it cannot be compared with. */
  isAge: boolean;
}

/**
 * A year, month or day of the calendar where the program runs, `today`, `yesterday`, or an age such as `7d`.
 * Null: it is no date. `text` is in small letters.
 * @param now milliseconds since epoch
 */
export function parseDate(text: string, now: number): DateLiteral | null {
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (text === 'today') return days(year, month, day);
  if (text === 'yesterday') return days(year, month, day - 1);
  const [, count, unit] = AGE.exec(text) ?? [];
  if (count !== undefined) {
    return { from: before(today, Number(count), unit), to: Number.POSITIVE_INFINITY, isAge: true };
  }
  return parseCalendar(text);
}

function parseCalendar(text: string): DateLiteral | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  if (month === undefined) return stretch([Number(year), 0, 1], [Number(year) + 1, 0, 1]);
  const index = Number(month) - 1;
  if (index < 0 || index > 11) return null;
  if (day === undefined) return stretch([Number(year), index, 1], [Number(year), index + 1, 1]);
  const isInMonth = Number(day) >= 1 && localTime(Number(year), index, Number(day)).month === index;
  return isInMonth ? days(Number(year), index, Number(day)) : null;
}

function before(today: Date, count: number, unit: string | undefined): number {
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const date = new Date(today);
  if (unit === 'y') date.setFullYear(year - count);
  else if (unit === 'm') date.setMonth(month - count);
  else date.setDate(day - count * (unit === 'w' ? 7 : 1));
  return date.getTime();
}

function days(year: number, month: number, day: number): DateLiteral {
  return stretch([year, month, day], [year, month, day + 1]);
}

type Day = [year: number, month: number, day: number];

function stretch(first: Day, next: Day): DateLiteral {
  return { from: localTime(...first).time, to: localTime(...next).time, isAge: false };
}

/** The beginning of a day. Years below 100 are years, which they are not for Date's constructor. */
function localTime(year: number, month: number, day: number): { time: number; month: number } {
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month, day);
  return { time: date.getTime(), month: date.getMonth() };
}
