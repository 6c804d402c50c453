import { computed } from '@preact/signals';

import { storedSignal } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';

const isBoolean = (value: unknown) => typeof value === 'boolean';

export const theme = storedSignal<Theme>('theme', 'system', (value) =>
  ['system', 'light', 'dark'].includes(value as string),
);

/** Enter sends and Shift+Enter breaks the line; otherwise Enter breaks it and Ctrl+Enter sends. */
export const enterSends = storedSignal('enter-sends', false, isBoolean);

export const soundIsOn = storedSignal('sound', true, isBoolean);

/** Single-key shortcuts can be switched off (WCAG 2.1.4). */
export const shortcutsAreOn = storedSignal('shortcuts', true, isBoolean);


/** What `data-theme` says; absent means that the system decides. */
export const themeAttribute = computed(() => (theme.value === 'system' ? null : theme.value));
