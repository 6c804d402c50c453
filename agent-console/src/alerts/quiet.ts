import type { QuietHours } from '../stores/preferences.ts';

/** Whether nothing is to ring at this moment. */
export function isQuiet({ isOn, from, to }: QuietHours, at: Date): boolean {
  if (!isOn || from === to) return false;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return from < to ? from <= time && time < to : time >= from || time < to;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
