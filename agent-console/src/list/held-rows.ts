import type { EntryView } from 'web-shared/protocol/frames.ts';

export interface Row {
  entry: EntryView;
  /** Left the list while the pointer was over it; the row stays until then. */
  isGone: boolean;
}

export interface HeldRows {
  rows: readonly Row[];
  /** How many are new and not shown yet. */
  hidden: number;
}

/**
 * The rows to show. While `held` (what was there when the pointer came) is given, no row moves: new
 * entries wait outside, and those that left keep their place.
 */
export function holdRows(live: readonly EntryView[], held: readonly EntryView[] | null): HeldRows {
  if (!held) return { rows: live.map((entry) => ({ entry, isGone: false })), hidden: 0 };
  const now = new Map(live.map((entry) => [entry.conversation, entry]));
  const rows = held.map((entry) => {
    const current = now.get(entry.conversation);
    return { entry: current ?? entry, isGone: !current };
  });
  const shown = new Set(held.map((entry) => entry.conversation));
  return { rows, hidden: live.filter((entry) => !shown.has(entry.conversation)).length };
}
