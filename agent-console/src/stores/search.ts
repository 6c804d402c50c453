import type { EntryView, Reason } from 'web-shared/protocol/frames.ts';

import { visitorName } from '../words.ts';
import { request } from './http.ts';
import { remember } from './queue.ts';
import { rememberTags } from './tags.ts';

/** A part of a long list of the server. */
export interface Page<T> {
  items: T[];
  /** What to ask for the next part; null on the last one. */
  next: string | null;
}

/** A conversation as the server's lists have it. */
export interface ConversationRow {
  id: string;
  status: string;
  visitor: { id: string; name: string | null; email: string | null; verified: boolean };
  agent: { id: string; name: string } | null;
  queue: string | null;
  reason: Reason | null;
  since: string | null;
  locale: string;
  started_at: string;
  changed_at: string;
  last_seq: number;
  tags: string[];
}

const FOUND = 8;
const FIELDS = /(?:^|\s)(is|tag|queue|from):(?:"([^"]+)"|(\S+))/g;
const STATUSES: Readonly<Record<string, string>> = {
  open: 'with_agent', waiting: 'waiting', bot: 'with_bot', snoozed: 'snoozed', done: 'resolved', resolved: 'resolved',
};

/** Looks through all conversations; `is:waiting tag:damage` narrows it. */
export async function findConversations(search: string): Promise<readonly ConversationRow[]> {
  const query = new URLSearchParams({ ...searchQuery(search), limit: String(FOUND) });
  const answer = await request<Page<ConversationRow>>('GET', `/api/v1/conversations?${query}`);
  if (!answer.ok) return [];
  rowsArrived(answer.value.items);
  return answer.value.items;
}

/** Words to look for, and what narrows the search. */
export function searchQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  const words = search.replace(FIELDS, (_, field: string, quoted?: string, plain?: string) => {
    const value = quoted ?? plain ?? '';
    if (field === 'from') return ` ${value}`;
    query[field === 'is' ? 'status' : field] = field === 'is' ? (STATUSES[value] ?? value) : value;
    return '';
  });
  if (words.trim() !== '') query.q = words.trim();
  return query;
}

/** What lists say of conversations is known for when one is opened. */
export function rowsArrived(rows: readonly ConversationRow[]): void {
  for (const row of rows) rememberTags(row.id, row.tags);
  remember(rows.map(entryOfRow), { isNewer: false });
}

export function rowName({ visitor }: ConversationRow): string {
  return visitorName(entryVisitor(visitor));
}

function entryOfRow(row: ConversationRow): EntryView {
  return {
    conversation: row.id,
    status: row.status,
    visitor: entryVisitor(row.visitor),
    reason: row.reason ?? 'asked_for_agent',
    priority: 'normal',
    ...(row.queue && { queue: row.queue }),
    ...(row.agent && { agent: row.agent }),
    since: row.since ?? row.started_at,
    entered_at: row.changed_at,
    requeued: 0,
    unread: 0,
    preview: '',
    locale: row.locale,
    left: false,
    gone: false,
    last_seq: row.last_seq,
  };
}

function entryVisitor({ name, email, verified }: ConversationRow['visitor']): EntryView['visitor'] {
  return { verified, ...(name && { name }), ...(email && { email }) };
}
