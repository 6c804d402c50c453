import { conversation } from '../stores/conversations.ts';
import type { MessageEvent } from '../transcript/items.ts';

/** What the visitor said last. */
export function lastQuestion(id: string): MessageEvent | undefined {
  const last = conversation(id).value.events.findLast(
    (event) => event.kind === 'message' && event.author.kind === 'visitor',
  );
  return last?.kind === 'message' ? last : undefined;
}
