const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The time of day, like 14:02. */
export function clockTime(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
}

export function isSameDay(one: Date, other: Date): boolean {
  return startOfDay(one) === startOfDay(other);
}

/** The day as people say it: Today, Yesterday, Monday, 12 Nov. */
export function dayName(at: Date, now: Date, locale: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (Math.abs(days) < 2) return capitalised(relativeDay(days, locale), locale);
  if (Math.abs(days) < 7) return new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(at);
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year }).format(at);
}

/** A moment to come, inside a sentence: 16:00, tomorrow, 09:00. */
export function moment(at: Date, now: Date, locale: string): string {
  const time = clockTime(at, locale);
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days === 0) return time;
  const day = days === 1 ? relativeDay(1, locale) : dayName(at, now, locale);
  return `${day}, ${time}`;
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

function relativeDay(days: number, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

function capitalised(word: string, locale: string): string {
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
