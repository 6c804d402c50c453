import type { EntryView, EventFrame } from 'web-shared/protocol/frames.ts';

import { conversation } from '../stores/conversations.ts';
import { me } from '../stores/presence.ts';

/** The last words of a conversation, as a list shows them. */
export function lastSaid(entry: EntryView): string {
  const event = lastMessage(entry.conversation);
  if (!event) return saidLast(entry);
  return event.author.kind === 'agent' ? `${speaker(event.author.name)}: ${event.text}` : event.text;
}

/** When a conversation last went on. */
export function lastSaidAt(entry: EntryView): string {
  return lastMessage(entry.conversation)?.at ?? entry.last_message?.at ?? entry.since;
}

/** Before the conversation is loaded, the list knows as much. */
function saidLast({ last_message, preview }: EntryView): string {
  if (last_message?.author.kind !== 'agent') return preview || last_message?.text || '';
  return `${speaker(last_message.author.name)}: ${last_message.text}`;
}

function lastMessage(id: string): (EventFrame & { kind: 'message' }) | undefined {
  const last = conversation(id).value.events.findLast(
    (event) => event.kind === 'message' && (event.author.kind === 'visitor' || event.author.kind === 'agent'),
  );
  return last?.kind === 'message' ? last : undefined;
}

function speaker(name: string | undefined): string {
  return name === me.value?.name ? 'You' : (name ?? 'Agent');
}
