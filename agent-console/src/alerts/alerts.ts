import { effect } from '@preact/signals';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { availability } from '../stores/presence.ts';
import { queueIsKnown, waitingTotal } from '../stores/queue.ts';
import { phase } from '../stores/session.ts';
import { visitorName } from '../words.ts';
import { notify } from './notification.ts';
import { playWaitingSound } from './sound.ts';

let alerted = new Set<string>();

/** Draws attention to who is new in the queue. Who was there when the page opened is no news. */
export function alertFor(entries: readonly EntryView[]): void {
  const fresh = entries.filter((entry) => !alerted.has(entry.conversation));
  alerted = new Set(entries.map((entry) => entry.conversation));
  const urgent = fresh.filter((entry) => !entry.left);
  const [first] = urgent;
  if (!first || !queueIsKnown.value || availability.value === 'offline') return;
  playWaitingSound();
  notify(titleFor(urgent), first.preview, first.conversation);
}

/** Keeps the count of those who wait in the page's title; returns how to stop. */
export function startTitle(): () => void {
  return effect(() => {
    const count = phase.value === 'signed_in' ? waitingTotal.value : 0;
    document.title = count > 0 ? `(${count}) Inbox, frontdesk` : 'frontdesk';
  });
}

function titleFor(entries: readonly EntryView[]): string {
  return entries.length === 1
    ? `${visitorName(entries[0]?.visitor)} is waiting`
    : `${entries.length} visitors are waiting`;
}
