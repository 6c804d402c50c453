import type { Opening } from '../stores/queue-settings.ts';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type WeekDay = (typeof DAYS)[number];

const SPAN = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?$/;

/** A day's hours as people write them: "9:00-12:30, 14-18"; empty is closed. Null where that makes no sense. */
export function readHours(day: WeekDay, text: string): Opening[] | null {
  const spans = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  const openings = spans.map((span) => readSpan(day, span));
  return openings.includes(null) ? null : (openings as Opening[]);
}

export function hoursWords(week: readonly Opening[], day: WeekDay): string {
  return week.filter((opening) => opening.day === day).map(({ from, to }) => `${from}–${to}`).join(', ');
}

/** The whole week in one line, days with the same hours together. */
export function weekWords(week: readonly Opening[]): string {
  if (week.length === 0) return 'always open';
  const groups: { first: WeekDay; last: WeekDay; hours: string }[] = [];
  for (const day of DAYS) {
    const hours = hoursWords(week, day);
    const before = groups.at(-1);
    if (before?.hours === hours) before.last = day;
    else groups.push({ first: day, last: day, hours });
  }
  return groups.filter(({ hours }) => hours !== '').map(groupWords).join('; ');
}

function groupWords({ first, last, hours }: { first: WeekDay; last: WeekDay; hours: string }): string {
  return first === last ? `${short(first)} ${hours}` : `${short(first)} to ${short(last)} ${hours}`;
}

function short(day: WeekDay): string {
  return day.charAt(0).toUpperCase() + day.slice(1, 3);
}

function readSpan(day: WeekDay, span: string): Opening | null {
  const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(span) ?? [];
  if (!fromHour || !toHour) return null;
  const [from, to] = [clock(fromHour, fromMinute), clock(toHour, toMinute)];
  return from && to && from < to ? { day, from, to } : null;
}

function clock(hour: string, minute = '00'): string | null {
  const isTime = Number(hour) < 24 ? Number(minute) < 60 : Number(hour) === 24 && minute === '00';
  return isTime ? `${hour.padStart(2, '0')}:${minute}` : null;
}
