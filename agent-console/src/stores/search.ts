import type { EntryView, Reason, VisitorView } from 'web-shared/protocol/frames.ts';

import { visitorName } from '../words.ts';
import { request } from './http.ts';
import { rememberTags } from './tags.ts';

/** A conversation as lists of the server show it. */
interface ConversationRow {
  id: string;
  status: string;
  visitor: VisitorView;
  reason?: Reason | null;
  queue?: string | null;
  tags?: string[];
  locale?: string;
  preview?: string;
  snippet?: string | null;
  started_at: string;
  changed_at: string;
  last_seq?: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A conversation that a search found. */
export interface FoundConversation {
  conversation: string;
  name: string;
  snippet: string;
}

const PAGE = 50;
const FOUND = 8;
const FIELDS = /(?:^|\s)(is|tag|queue|from):(?:"([^"]+)"|(\S+))/g;
const STATUSES: Readonly<Record<string, string>> = {
  open: 'with_agent', waiting: 'waiting', bot: 'with_bot', snoozed: 'snoozed', done: 'resolved', resolved: 'resolved',
};

/** One page of the conversations with a status, the one that changed last first. */
export async function listConversations(
  { status, after }: { status: string; after: string | null },
): Promise<{ entries: EntryView[]; next: string | null } | null> {
  const page = await ask({ status, limit: String(PAGE), ...(after && { after }) });
  return page && { entries: page.items.map(entryOfRow), next: page.next };
}

/** Looks through all conversations; `is:waiting tag:damage` narrows it. */
export async function findConversations(search: string): Promise<FoundConversation[]> {
  const page = await ask({ ...searchQuery(search), limit: String(FOUND) });
  if (!page) return [];
  entriesSeen(page.items);
  return page.items.map((row) => ({
    conversation: row.id,
    name: visitorName(row.visitor),
    snippet: row.snippet || row.preview || '',
  }));
}

/** Words to look for, and what narrows the search. */
export function searchQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  const words = search.replace(FIELDS, (_, field: string, quoted?: string, plain?: string) => {
    const value = quoted ?? plain ?? '';
    if (field === 'is') query.status = STATUSES[value] ?? value;
    else if (field === 'from') return ` ${value}`;
    else query[field] = value;
    return '';
  });
  if (words.trim() !== '') query.q = words.trim();
  return query;
}

let onSeen: (entries: readonly EntryView[]) => void = () => {};

/** Who wants to know of the conversations that searches find. */
export function whenSeen(callback: (entries: readonly EntryView[]) => void): void {
  onSeen = callback;
}

function entriesSeen(rows: readonly ConversationRow[]): void {
  onSeen(rows.map(entryOfRow));
}

async function ask(query: Record<string, string>): Promise<Page<ConversationRow> | null> {
  const answer = await request<Page<ConversationRow>>('GET', `/api/v1/conversations?${new URLSearchParams(query)}`);
  return answer.ok ? answer.value : null;
}

/** The same as the queue's entries, as far as it is known. */
function entryOfRow(row: ConversationRow): EntryView {
  rememberTags(row.id, row.tags ?? []);
  return {
    conversation: row.id,
    status: row.status,
    visitor: row.visitor,
    reason: row.reason ?? 'asked_for_agent',
    ...(row.queue && { queue: row.queue }),
    since: row.changed_at,
    preview: row.preview ?? '',
    locale: row.locale ?? 'en',
    left: false,
    last_seq: row.last_seq ?? 0,
  };
}
