import type { EntryView } from 'web-shared/protocol/frames.ts';
import { dayName, moment, stopwatch } from 'web-shared/time.ts';

import { Icon } from '../parts/icon.tsx';
import { targetMs, toneAt } from '../sla/target.ts';
import { now } from '../stores/clock.ts';
import { holderOf } from '../stores/holder.ts';
import { lastSaidAt } from './last-said.ts';

const MINUTE_MS = 60_000;

/** The time that matters in a row: how long somebody waits, when it wakes, or when it last went on. */
export function RowTime({ entry, isGone }: { entry: EntryView; isGone: boolean }) {
  if (isGone) return <>{takenWords(entry.conversation)}</>;
  if (entry.status === 'waiting') return <WaitingClock entry={entry} />;
  if (entry.status === 'snoozed') return <Wakes entry={entry} />;
  return <>{ageWords(now.value - Date.parse(lastSaidAt(entry)))}</>;
}

/** How long somebody has waited; amber near the target, red after it. */
export function WaitingClock({ entry }: { entry: EntryView }) {
  const since = Date.parse(entry.since);
  const waited = Math.max(0, now.value - since);
  return (
    <span class="chip" data-tone={toneAt(waited, targetMs(entry, since))}>
      <Icon name="clock" size={13} />
      <span class="for-screen-readers">Waiting for </span>
      {entry.left ? ageWords(waited) : stopwatch(waited)}
    </span>
  );
}

function Wakes({ entry }: { entry: EntryView }) {
  const { until } = holderOf(entry.conversation);
  if (!until) return <Icon name="moon" size={13} />;
  return <>{moment(new Date(until), new Date(now.peek()), navigator.language)}</>;
}

function takenWords(conversation: string): string {
  const { agent } = holderOf(conversation);
  return agent ? `${agent} took it` : 'taken';
}

/** An age in one unit: now, 6 min, 2 h, 12 Nov. */
export function ageWords(age: number): string {
  const minutes = Math.floor(age / MINUTE_MS);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  return dayName(new Date(now.value - age), new Date(now.value), navigator.language);
}
