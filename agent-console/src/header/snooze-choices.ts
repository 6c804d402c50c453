const MINUTE_MS = 60_000;
const MORNING_HOUR = 9;

export interface SnoozeChoice {
  label: string;
  until: Date;
}

/** For how long a conversation may sleep. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const after = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);
  // By the calendar, not by 24 hours: a day may have 23 or 25.
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING_HOUR);
  return [
    { label: 'For 30 minutes', until: after(30) },
    { label: 'For 3 hours', until: after(180) },
    { label: 'Until tomorrow, 9:00', until: tomorrow },
  ];
}
