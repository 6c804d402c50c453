import { signal } from '@preact/signals';

/** Whether the context lies over the transcript, on screens that have no room beside it. */
export const contextDrawerIsOpen = signal(false);

export function toggleContext(): void {
  contextDrawerIsOpen.value = !contextDrawerIsOpen.value;
}

export function closeContext(): void {
  contextDrawerIsOpen.value = false;
}
