import { useEffect } from 'preact/hooks';

import { contactOf, loadContact, type Contact } from '../stores/contacts.ts';
import { connectionState } from '../stores/socket.ts';

/** What is known of the visitor of a conversation; asked for when it is opened. */
export function useContact(conversation: string): Contact | undefined {
  const isConnected = connectionState.value === 'open';
  useEffect(() => {
    if (isConnected) void loadContact(conversation);
  }, [conversation, isConnected]);
  return contactOf(conversation);
}
