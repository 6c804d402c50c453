import { signal } from '@preact/signals';

/** The conversations that are chosen for doing something to all of them. */
export const selection = signal<ReadonlySet<string>>(new Set());

let anchor: string | null = null;

/** Chooses one or takes it out; with `range`, everything between it and the one before, in the list's `order`. */
export function toggleSelected(id: string, range = false, order: readonly string[] = []): void {
  const next = new Set(selection.value);
  const span = range ? between(order, anchor, id) : [];
  if (span.length > 0) for (const each of span) next.add(each);
  else if (!next.delete(id)) next.add(id);
  anchor = id;
  selection.value = next;
}

export function clearSelection(): void {
  anchor = null;
  if (selection.value.size > 0) selection.value = new Set();
}

function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const ends = [order.indexOf(from ?? ''), order.indexOf(to)].sort((one, other) => one - other);
  return ends[0]! < 0 ? [] : order.slice(ends[0], ends[1]! + 1);
}
