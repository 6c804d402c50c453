import { conversation } from '../stores/conversations.ts';
import { draft, draftAfter, readDraftAfter } from '../stores/drafts.ts';
import { me } from '../stores/presence.ts';
import type { MessageEvent } from '../transcript/items.ts';

/** A colleague's reply that came after this agent began to write. */
export function newReplyOf(id: string): MessageEvent | null {
  if (draft(id, 'reply').value.trim() === '') return null;
  const after = draftAfter(id, 'reply');
  const reply = conversation(id).value.events.findLast(
    (event) => event.kind === 'message' && event.author.kind === 'agent' && event.author.name !== me.value?.name,
  );
  return reply?.kind === 'message' && reply.seq > after ? reply : null;
}

/** The agent knows of what came meanwhile. */
export function readNewReply(id: string): void {
  readDraftAfter(id, 'reply', conversation(id).peek().lastSeq);
}
