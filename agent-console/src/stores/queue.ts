import { computed, signal } from '@preact/signals';
import type { AgentChange, EntryView } from 'web-shared/protocol/frames.ts';

import { changes, dropConfirmedChanges, isWritten } from './changes.ts';

interface Lists {
  entries: readonly EntryView[];
  total: number;
  mine: readonly EntryView[];
}

const EMPTY: Lists = { entries: [], total: 0, mine: [] };

/** The lists as the server said them last. */
const lists = signal<Lists>(EMPTY);

/** Whether the lists have come yet. */
export const queueIsKnown = signal(false);

/** The last entry seen of each conversation, for screens that outlive it. */
const remembered = new Map<string, EntryView>();
const rememberedChanged = signal(0);

/** What the moves on their way make of each conversation. */
const moves = computed(() => {
  const latest = new Map<string, EntryView['status']>();
  for (const { frame } of changes.value) {
    if (!isWritten(frame)) latest.set(frame.conversation, statusAfter(frame));
  }
  return latest;
});

/** Who waits for a person, next one first. */
export const waiting = computed<readonly EntryView[]>(() => {
  const released = lists.value.mine.filter((entry) => moves.value.get(entry.conversation) === 'waiting');
  const still = lists.value.entries.filter((entry) => !moves.value.has(entry.conversation));
  // A released conversation goes back to its old place, which is ahead of most.
  return [...released.map((entry) => ({ ...entry, status: 'waiting' })), ...still];
});

/** What this agent has, the sleeping ones included. */
export const mine = computed<readonly EntryView[]>(() => {
  const all = [...lists.value.mine, ...claimed()];
  return all.map(moved).filter((entry) => entry.status === 'with_agent' || entry.status === 'snoozed');
});

export const awake = computed(() => mine.value.filter((entry) => entry.status !== 'snoozed'));
export const snoozed = computed(() => mine.value.filter((entry) => entry.status === 'snoozed'));

export const waitingTotal = computed(
  () => lists.value.total - lists.value.entries.length + waiting.value.length,
);

export function queueArrived(next: Lists): void {
  const entries = next.entries.map(same);
  const own = next.mine.map(same);
  remember([...entries, ...own]);
  dropConfirmedChanges();
  lists.value = { entries, total: next.total, mine: own };
  queueIsKnown.value = true;
}

/** Keeps what is known of conversations that the lists do not hold. */
export function remember(entries: readonly EntryView[], { isNewer = true } = {}): void {
  for (const entry of entries) {
    if (isNewer || !remembered.has(entry.conversation)) remembered.set(entry.conversation, entry);
  }
  rememberedChanged.value++;
}

/** The entry that was there before, if it says the same: rows that did not change are not drawn again. */
export function same(entry: EntryView): EntryView {
  const before = remembered.get(entry.conversation);
  return before && JSON.stringify(before) === JSON.stringify(entry) ? before : entry;
}

export function isMine(conversation: string): boolean {
  return mine.value.some((entry) => entry.conversation === conversation);
}

/** What the lists know of a conversation, or knew before it left them. */
export function entryOf(conversation: string): EntryView | undefined {
  const listed = [...mine.value, ...waiting.value].find((entry) => entry.conversation === conversation);
  if (listed) return listed;
  void rememberedChanged.value;
  return remembered.get(conversation);
}

/** What the moves on their way make of a conversation; nothing where there are none. */
export function moveOf(conversation: string): EntryView['status'] | undefined {
  return moves.value.get(conversation);
}

export function forgetQueue(): void {
  lists.value = EMPTY;
  queueIsKnown.value = false;
  remembered.clear();
}

/** What was claimed here and is not in the server's list of mine yet. */
function claimed(): EntryView[] {
  const known = new Set(lists.value.mine.map((entry) => entry.conversation));
  return [...moves.value]
    .filter(([conversation, status]) => status === 'with_agent' && !known.has(conversation))
    .flatMap(([conversation]) => remembered.get(conversation) ?? []);
}

function moved(entry: EntryView): EntryView {
  const status = moves.value.get(entry.conversation);
  return status === undefined ? entry : { ...entry, status };
}

function statusAfter(frame: AgentChange): EntryView['status'] {
  switch (frame.type) {
    case 'claim':
    case 'take_over':
      return 'with_agent';
    case 'release':
      return 'waiting';
    case 'snooze':
      return 'snoozed';
    case 'give_back':
      return 'with_bot';
    case 'resolve':
      return 'resolved';
    default:
      return 'handed_on';
  }
}
