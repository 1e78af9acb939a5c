const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds as `0:07`, `12:34` or `1:02:03`, rounded to the nearest second. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const rest = twoDigits(whole % MINUTE);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** How long something took or will take, in words that one can say: `8 s`, `3 min`, `1 h 20 min`. */
export function formatSpan(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < MINUTE) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Remaining time, rounded so that it does not flicker: `a few seconds left`, `about 3 min left`. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  if (seconds < HOUR - 30) return `about ${Math.max(1, Math.round(seconds / MINUTE))} min left`;
  const roundedToFive = Math.round(seconds / (5 * MINUTE)) * 5 * MINUTE;
  return `about ${formatSpan(roundedToFive)} left`;
}

/** When something happens, rounded so that it ticks calmly: `in a few seconds`, `in 40 s`, `in 3 min`. */
export function formatTimeUntil(seconds: number): string {
  if (seconds < 1) return 'now';
  if (seconds < 10) return 'in a few seconds';
  if (seconds < MINUTE) return `in ${Math.ceil(seconds / 5) * 5} s`;
  return `in ${formatSpan(seconds)}`;
}

/** A place in a file as an editor writes it: `00:12:34.500`. */
export function formatTimecode(seconds: number): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000));
  const whole = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(whole / HOUR), Math.floor((whole % HOUR) / MINUTE), whole % MINUTE];
  return `${parts.map(twoDigits).join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
