import { effect, signal, type Signal } from '@preact/signals';
import type { EntryView, TabName } from 'web-shared/protocol/frames.ts';

import { remember, same } from './queue.ts';
import { connectionState, send } from './socket.ts';

interface Shelf {
  entries: readonly EntryView[];
  isKnown: boolean;
}

const EMPTY: Shelf = { entries: [], isKnown: false };

/** Lists beside the queue: the server keeps the one fresh that is on the screen. */
const shelves: Readonly<Record<TabName, Signal<Shelf>>> = {
  bot: signal(EMPTY), resolved: signal(EMPTY), team: signal(EMPTY), snoozed: signal(EMPTY),
};

const wanted = signal<TabName | null>(null);

export function shelf(name: TabName): Shelf {
  return shelves[name].value;
}

/** Has a list sent while somebody looks at it; returns how to stop. */
export function openShelf(name: TabName): () => void {
  wanted.value = name;
  return () => {
    if (wanted.peek() === name) wanted.value = null;
  };
}

/** Tells the server which list is looked at, on every new socket too; returns how to stop. */
export function startShelves(): () => void {
  return effect(() => {
    const tab = wanted.value;
    if (connectionState.value === 'open') send({ type: 'show', ...(tab && { tab }) });
  });
}

export function shelfArrived(name: TabName, entries: readonly EntryView[]): void {
  const kept = entries.map(same);
  remember(kept);
  shelves[name].value = { entries: kept, isKnown: true };
}

export function forgetShelves(): void {
  for (const each of Object.values(shelves)) each.value = EMPTY;
}
