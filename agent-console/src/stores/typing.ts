import { signal } from '@preact/signals';

const SHOWN_MS = 6000;

/** The conversations whose visitor is writing now. */
export const typingVisitors = signal<ReadonlySet<string>>(new Set());

const ends = new Map<string, ReturnType<typeof setTimeout>>();

/** The sign goes away by itself: a lost "stopped" would leave it on for ever. */
export function visitorTypes(conversation: string): void {
  clearTimeout(ends.get(conversation));
  ends.set(conversation, setTimeout(() => visitorStopped(conversation), SHOWN_MS));
  change((typing) => typing.add(conversation));
}

export function visitorStopped(conversation: string): void {
  clearTimeout(ends.get(conversation));
  ends.delete(conversation);
  if (typingVisitors.value.has(conversation)) change((typing) => typing.delete(conversation));
}

function change(edit: (typing: Set<string>) => void): void {
  const next = new Set(typingVisitors.value);
  edit(next);
  typingVisitors.value = next;
}
