import { signal } from '@preact/signals';

import { request } from './http.ts';
import { rowsArrived, type ConversationRow } from './search.ts';

/** A word of an agent about a visitor, kept over conversations. */
export interface ContactNote {
  id: string;
  at: string;
  author: string;
  text: string;
}

/** What is known of a visitor beyond the open conversation. */
export interface Contact {
  id: string;
  attributes: Readonly<Record<string, string>>;
  referrer: string | null;
  /** Newest first. */
  history: readonly ConversationRow[];
  notes: readonly ContactNote[];
}

/** The visitor of each conversation that was looked at. */
const contacts = signal<ReadonlyMap<string, Contact>>(new Map());

export function contactOf(conversation: string): Contact | undefined {
  return contacts.value.get(conversation);
}

/** Asks who writes in a conversation, and what is known of them. */
export async function loadContact(conversation: string): Promise<void> {
  const shown = await request<ConversationRow>('GET', `/api/v1/conversations/${conversation}`);
  if (!shown.ok) return;
  rowsArrived([shown.value]);
  const contact = await request<Contact>('GET', `/api/v1/contacts/${shown.value.visitor.id}`);
  if (!contact.ok) return;
  rowsArrived(contact.value.history);
  contacts.value = new Map(contacts.peek()).set(conversation, contact.value);
}

export async function addContactNote(conversation: string, text: string): Promise<boolean> {
  const contact = contacts.peek().get(conversation);
  if (!contact) return false;
  const answer = await request<ContactNote>('POST', `/api/v1/contacts/${contact.id}/notes`, { text });
  if (!answer.ok) return false;
  const next = { ...contact, notes: [...contact.notes, answer.value] };
  contacts.value = new Map(contacts.peek()).set(conversation, next);
  return true;
}

export function forgetContacts(): void {
  contacts.value = new Map();
}
