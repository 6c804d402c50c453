import { signal } from '@preact/signals';

import type { Mode } from '../stores/drafts.ts';

const modes = signal<ReadonlyMap<string, Mode>>(new Map());

/** Whether a conversation's composer writes a reply or a note. */
export function modeOf(conversation: string): Mode {
  return modes.value.get(conversation) ?? 'reply';
}

export function setMode(conversation: string, mode: Mode): void {
  if (modeOf(conversation) !== mode) modes.value = new Map(modes.value).set(conversation, mode);
}

export const EDITOR_ID = 'composer-text';

/** Goes to the composer, because the agent asked for it. */
export function focusComposer(conversation: string, mode: Mode): void {
  setMode(conversation, mode);
  // The editor of the other mode is there after the next render.
  requestAnimationFrame(() => document.getElementById(EDITOR_ID)?.focus());
}
