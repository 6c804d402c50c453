import { computed } from '@preact/signals';

import { storedSignal } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';

const isBoolean = (value: unknown) => typeof value === 'boolean';

/** For how long a reply can be called back; 0 sends at once. */
export const SEND_DELAYS_S = [0, 3, 5] as const;
export type SendDelay = (typeof SEND_DELAYS_S)[number];

export const theme = storedSignal<Theme>('theme', 'system', (value) =>
  ['system', 'light', 'dark'].includes(value as string),
);

/** Enter sends and Shift+Enter breaks the line; otherwise Enter breaks it and Ctrl+Enter sends. */
export const enterSends = storedSignal('enter-sends', false, isBoolean);

export const sendDelayS = storedSignal<SendDelay>('send-delay', 0, (value) =>
  SEND_DELAYS_S.includes(value as SendDelay),
);

export const soundIsOn = storedSignal('sound', true, isBoolean);

/** Plays again while somebody waits and nobody takes them. */
export const soundRepeats = storedSignal('sound-repeats', true, isBoolean);

/** What draws attention, each on its own. */
export const alertsFor = {
  waiting: storedSignal('alert-waiting', true, isBoolean),
  mine: storedSignal('alert-mine', true, isBoolean),
  mention: storedSignal('alert-mention', true, isBoolean),
} as const;

/** When nothing rings, from one time of day to another; over midnight too. */
export interface QuietHours {
  isOn: boolean;
  from: string;
  to: string;
}

export const quietHours = storedSignal<QuietHours>('quiet-hours', { isOn: false, from: '20:00', to: '08:00' }, isQuietHours);

/** Single-key shortcuts can be switched off (WCAG 2.1.4). */
export const shortcutsAreOn = storedSignal('shortcuts', true, isBoolean);

/** The panes beside the transcript. */
export const listIsFolded = storedSignal('list-folded', false, isBoolean);
export const contextIsFolded = storedSignal('context-folded', false, isBoolean);

function isQuietHours(value: unknown): boolean {
  const { isOn, from, to } = (value ?? {}) as Partial<QuietHours>;
  return typeof isOn === 'boolean' && [from, to].every((time) => typeof time === 'string' && /^\d\d:\d\d$/.test(time));
}

/** What `data-theme` says; absent means that the system decides. */
export const themeAttribute = computed(() => (theme.value === 'system' ? null : theme.value));
