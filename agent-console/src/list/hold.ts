import { effect, signal } from '@preact/signals';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { changes } from '../stores/changes.ts';
import { awake, waiting } from '../stores/queue.ts';

interface Hold {
  waiting: readonly EntryView[];
  mine: readonly EntryView[];
}

/** The rows as they stood when the pointer came; `null` while it is elsewhere. */
export const hold = signal<Hold | null>(null);

/** Holds the rows as they are now. */
export function keepHold(): void {
  hold.value = { waiting: waiting.peek(), mine: awake.peek() };
}

export function letGo(): void {
  hold.value = null;
}

// What the agent does here may move rows; what others do may not.
effect(() => {
  void changes.value;
  if (hold.peek()) keepHold();
});
