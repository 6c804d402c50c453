import { computed } from '@preact/signals';

import { me } from './presence.ts';

/** Supervisors see the whole desk and may take over; administrators may do that too. */
export const maySupervise = computed(() => ['supervisor', 'administrator'].includes(me.value?.role ?? ''));

export const mayAdministrate = computed(() => me.value?.role === 'administrator');
