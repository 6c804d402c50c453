import { signal } from '@preact/signals';

import { contextIsFolded } from '../stores/preferences.ts';

/** Below this width the context lies over the transcript. */
const BESIDE_FROM = '(min-width: 1280px)';

/** Whether the context lies over the transcript, on screens that have no room beside it. */
export const contextDrawerIsOpen = signal(false);

export function toggleContext(): void {
  contextDrawerIsOpen.value = !contextDrawerIsOpen.value;
}

export function closeContext(): void {
  contextDrawerIsOpen.value = false;
}

/** Folds the pane where there is room for it, else opens and closes the drawer. */
export function toggleContextPane(): void {
  if (matchMedia(BESIDE_FROM).matches) contextIsFolded.value = !contextIsFolded.value;
  else toggleContext();
}
