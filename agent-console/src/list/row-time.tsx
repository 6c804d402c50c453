import type { EntryView } from 'web-shared/protocol/frames.ts';
import { dayName, stopwatch } from 'web-shared/time.ts';

import { Icon } from '../parts/icon.tsx';
import { now } from '../stores/clock.ts';
import { lastSaidAt } from './last-said.ts';

const MINUTE_MS = 60_000;
const TARGET_MS = MINUTE_MS;
/** A left message is answered within a day. */
const LEFT_TARGET_MS = 24 * 60 * MINUTE_MS;
const AMBER_FROM = 0.75;

/** How long somebody has waited; amber near the target, red after it. */
export function WaitingClock({ entry }: { entry: EntryView }) {
  const waited = Math.max(0, now.value - Date.parse(entry.since));
  return (
    <span class="chip" data-tone={waitingTone(waited, entry.left)}>
      <Icon name="clock" size={13} />
      <span class="for-screen-readers">Waiting for </span>
      {entry.left ? ageWords(waited) : stopwatch(waited)}
    </span>
  );
}

export function waitingTone(waited: number, isLeft: boolean): 'plain' | 'warn' | 'bad' {
  const share = waited / (isLeft ? LEFT_TARGET_MS : TARGET_MS);
  if (share >= 1) return 'bad';
  return share >= AMBER_FROM ? 'warn' : 'plain';
}

/** How long ago somebody last said something. */
export function LastActivity({ entry }: { entry: EntryView }) {
  return <>{ageWords(now.value - Date.parse(lastSaidAt(entry)))}</>;
}

/** An age in one unit: now, 6 min, 2 h, 12 Nov. */
export function ageWords(age: number): string {
  const minutes = Math.floor(age / MINUTE_MS);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  return dayName(new Date(now.value - age), new Date(now.value), navigator.language);
}
