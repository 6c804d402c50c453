import { signal } from '@preact/signals';

export const shortcutsDialogIsOpen = signal(false);
