import { signal } from '@preact/signals';

import { conversation } from './conversations.ts';
import { readStored, writeStored } from './storage.ts';

const MOST_KEPT = 200;
const KEY = 'read';

/** Marked unread by hand: it stays so until it is opened again. */
const marked = new Set<string>();

/** Up to which event this agent has read each conversation. */
const read = signal<ReadonlyMap<string, number>>(stored());

/** How many of the visitor's messages are new: after what was read, and after the last reply. */
export function unreadIn(id: string): number {
  const from = read.value.get(id) ?? 0;
  let count = 0;
  for (const event of conversation(id).value.events.toReversed()) {
    if (event.seq <= from) break;
    if (event.kind !== 'message') continue;
    if (event.author.kind === 'agent' && !marked.has(id)) break;
    if (event.author.kind === 'visitor') count++;
  }
  return count;
}

export function markRead(id: string): void {
  if (marked.has(id)) return;
  const { lastSeq } = conversation(id).peek();
  if ((read.peek().get(id) ?? 0) >= lastSeq) return;
  const next = new Map(read.peek());
  next.delete(id);
  next.set(id, lastSeq);
  read.value = new Map([...next].slice(-MOST_KEPT));
  writeStored(KEY, JSON.stringify([...read.value]));
}

/** The last message of the visitor is new again. */
export function markUnread(id: string): void {
  const last = conversation(id).peek().events.findLast((event) => event.kind === 'message' && event.author.kind === 'visitor');
  if (!last) return;
  read.value = new Map(read.peek()).set(id, last.seq - 1);
  marked.add(id);
  writeStored(KEY, JSON.stringify([...read.value]));
}

export function forgetMark(id: string): void {
  marked.delete(id);
}

/** Up to which event a conversation was read. */
export function readUpTo(id: string): number {
  return read.peek().get(id) ?? 0;
}

function stored(): ReadonlyMap<string, number> {
  try {
    return new Map(JSON.parse(readStored(KEY) ?? '[]'));
  } catch {
    return new Map();
  }
}
