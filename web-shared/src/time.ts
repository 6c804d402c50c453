const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The time of day, like 14:02. */
export function clockTime(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
}

export function isSameDay(one: Date, other: Date): boolean {
  return startOfDay(one) === startOfDay(other);
}

/** The day as people say it in a sentence: today, yesterday, Mon, 9 Nov. */
export function dayName(at: Date, now: Date, locale: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  return Math.abs(days) < 2
    ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    : new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

/** Day and time: tomorrow, 09:00. */
export function moment(at: Date, now: Date, locale: string): string {
  return `${dayName(at, now, locale)}, ${clockTime(at, locale)}`;
}

/** A wait of this many seconds in whole minutes, at least one. */
export function waitMinutes([low, high]: readonly [number, number]): [number, number] {
  const minutes = (seconds: number) => Math.max(1, Math.round(seconds / 60));
  return [minutes(low), minutes(high)];
}

/** A clock that counts up: 0:42, 12:05, 1:02:03. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = hours > 0 ? [hours, ...rest] : rest;
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
