import type { EntryView } from 'web-shared/protocol/frames.ts';
import { stopwatch } from 'web-shared/time.ts';

import { Icon } from '../parts/icon.tsx';
import { ageWords } from '../list/row-time.tsx';
import { now } from '../stores/clock.ts';
import { conversation } from '../stores/conversations.ts';
import { targetMs, toneAt } from './target.ts';

/** How long the agent still has to answer; nothing while it is the visitor's turn. */
export function ReplyClock({ entry }: { entry: EntryView }) {
  const asked = askedAt(entry);
  if (asked === null) return null;
  const target = targetMs(entry, asked);
  const waited = Math.max(0, now.value - asked);
  const left = target - waited;
  return (
    <span class="chip" data-tone={toneAt(waited, target)}>
      <Icon name="clock" size={13} />
      <span class="long">{left > 0 ? 'Reply in ' : 'Late by '}</span>
      {span(Math.abs(left), entry.left)}
    </span>
  );
}

/** Since when the visitor waits for this agent's answer. */
function askedAt(entry: EntryView): number | null {
  const { events } = conversation(entry.conversation).value;
  if (events.length === 0) return entry.asked_at ? Date.parse(entry.asked_at) : null;
  let asked: string | null = null;
  for (const event of events) {
    if (event.kind === 'escalated' || (event.kind === 'contact_left' && entry.left)) asked = event.at;
    else if (event.kind === 'message' && event.author.kind === 'agent') asked = null;
    else if (event.kind === 'message' && event.author.kind === 'visitor') asked ??= event.at;
  }
  return asked === null ? null : Date.parse(asked);
}

function span(ms: number, isLong: boolean): string {
  return isLong ? ageWords(ms) : stopwatch(ms);
}
