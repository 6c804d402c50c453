import { signal } from '@preact/signals';

import { request } from './http.ts';
import type { Page } from './search.ts';

/** A word of an agent about a visitor, kept over conversations. */
export interface ContactNote {
  id: string;
  at: string;
  author: string;
  text: string;
}

export interface PastConversation {
  id: string;
  status: string;
  started_at: string;
  preview?: string;
  score?: number | null;
}

/** What is known of a visitor beyond the open conversation. */
export interface Contact {
  notes: readonly ContactNote[];
  past: readonly PastConversation[];
}

const contacts = signal<ReadonlyMap<string, Contact>>(new Map());

export function contactOf(visitor: string): Contact | undefined {
  return contacts.value.get(visitor);
}

export async function loadContact(visitor: string): Promise<void> {
  const [notes, past] = await Promise.all([
    request<ContactNote[]>('GET', `/api/v1/contacts/${visitor}/notes`),
    request<Page<PastConversation>>('GET', `/api/v1/conversations?${new URLSearchParams({ visitor, limit: '20' })}`),
  ]);
  const contact = { notes: notes.ok ? notes.value : [], past: past.ok ? past.value.items : [] };
  contacts.value = new Map(contacts.peek()).set(visitor, contact);
}

export async function addContactNote(visitor: string, text: string): Promise<boolean> {
  const answer = await request('POST', `/api/v1/contacts/${visitor}/notes`, { text });
  if (answer.ok) await loadContact(visitor);
  return answer.ok;
}
