import { signal, type Signal } from '@preact/signals';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { listConversations } from './search.ts';
import { remember } from './queue.ts';

/** Lists that are read from the server while somebody looks at them. */
export type ShelfName = 'bot' | 'done';

interface Shelf {
  entries: readonly EntryView[];
  total: number | null;
  state: 'loading' | 'ready' | 'failed';
  hasMore: boolean;
  next: string | null;
}

const EMPTY: Shelf = { entries: [], total: null, state: 'loading', hasMore: false, next: null };
const STATUS: Readonly<Record<ShelfName, string>> = { bot: 'with_bot', done: 'resolved' };
const LOOK_EVERY_MS = 10_000;

export const shelves: Readonly<Record<ShelfName, Signal<Shelf>>> = { bot: signal(EMPTY), done: signal(EMPTY) };

/** Keeps a list fresh while it is on the screen; returns how to stop. */
export function openShelf(name: ShelfName): () => void {
  void load(name);
  const timer = setInterval(() => void load(name), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

export async function loadMore(name: ShelfName): Promise<void> {
  const { next, entries } = shelves[name].peek();
  const page = await listConversations({ status: STATUS[name], after: next });
  if (page) shelves[name].value = filled([...entries, ...page.entries], page.next);
}

export function forgetShelves(): void {
  for (const shelf of Object.values(shelves)) shelf.value = EMPTY;
}

async function load(name: ShelfName): Promise<void> {
  const shelf = shelves[name];
  const page = await listConversations({ status: STATUS[name], after: null });
  if (!page) {
    if (shelf.peek().entries.length === 0) shelf.value = { ...EMPTY, state: 'failed' };
    return;
  }
  // What was read further down stays.
  const known = new Set(page.entries.map((entry) => entry.conversation));
  const further = shelf.peek().entries.slice(page.entries.length).filter((entry) => !known.has(entry.conversation));
  shelf.value = filled([...page.entries, ...further], further.length > 0 ? shelf.peek().next : page.next);
}

function filled(entries: readonly EntryView[], next: string | null): Shelf {
  remember(entries);
  return { entries, next, hasMore: next !== null, total: next === null ? entries.length : null, state: 'ready' };
}
