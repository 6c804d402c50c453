import { useEffect } from 'preact/hooks';

import { loadContact } from '../stores/contacts.ts';
import { visitorIdOf } from '../stores/queue.ts';

/** Asks for what is known of the visitor of a conversation; gives who that is. */
export function useContact(conversation: string): string | undefined {
  const visitor = visitorIdOf(conversation);
  useEffect(() => {
    if (visitor) void loadContact(visitor);
  }, [visitor, conversation]);
  return visitor;
}
