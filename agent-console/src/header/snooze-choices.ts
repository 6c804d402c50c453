const MINUTE_MS = 60_000;
const MORNING_HOUR = 9;
const LONGEST_DAYS = 30;
const MONDAY = 1;

export interface SnoozeChoice {
  label: string;
  until: Date;
}

/** For how long a conversation may sleep. It wakes earlier when the visitor writes. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  return [
    { label: 'for 30 minutes', until: after(now, 30) },
    { label: 'for 3 hours', until: after(now, 180) },
    { label: 'until tomorrow, 9:00', until: morning(now, 1) },
    { label: 'until Monday, 9:00', until: morning(now, daysToMonday(now)) },
    { label: 'until the visitor writes', until: morning(now, LONGEST_DAYS) },
  ];
}

const DURATION = /^(?:in\s+|for\s+)?(\d+(?:[.,]\d+)?)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 };
const TIME = /^(?:(tomorrow)\s+)?(?:at\s+)?(\d{1,2})[:.](\d{2})$/i;

/** What somebody wrote: "45m", "in 2 hours", "14:30", "tomorrow 8:15"; nothing where it is no time to come. */
export function snoozeFrom(text: string, now: Date): SnoozeChoice | null {
  const until = duration(text.trim(), now) ?? timeOfDay(text.trim(), now);
  return until && until > now ? { label: `until ${words(until)}`, until } : null;
}

function duration(text: string, now: Date): Date | null {
  const [, count, unit] = DURATION.exec(text) ?? [];
  if (!count || !unit) return null;
  return after(now, Number(count.replace(',', '.')) * MINUTES[unit.charAt(0).toLowerCase()]!);
}

function timeOfDay(text: string, now: Date): Date | null {
  const [, tomorrow, hour, minute] = TIME.exec(text) ?? [];
  if (!hour || !minute || Number(hour) > 23 || Number(minute) > 59) return null;
  const today = at(now, tomorrow ? 1 : 0, Number(hour), Number(minute));
  return today > now ? today : at(now, 1, Number(hour), Number(minute));
}

function words(date: Date): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(undefined, parts).format(date);
}

function daysToMonday(now: Date): number {
  return (MONDAY - now.getDay() + 7) % 7 || 7;
}

function morning(now: Date, days: number): Date {
  return at(now, days, MORNING_HOUR, 0);
}

/** By the calendar, not by 24 hours: a day may have 23 or 25. */
function at(now: Date, days: number, hour: number, minute: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, minute);
}

function after(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE_MS);
}
