import { effect } from '@preact/signals';
import type { EntryView, EventFrame, NoteView, ToAgent } from 'web-shared/protocol/frames.ts';

import { alertsFor, quietHours, soundRepeats } from '../stores/preferences.ts';
import { availability, me } from '../stores/presence.ts';
import { entryOf, isMine, queueIsKnown, waiting, waitingTotal } from '../stores/queue.ts';
import { phase } from '../stores/session.ts';
import { goTo, openConversation } from '../stores/route.ts';
import { showToast } from '../stores/toasts.ts';
import { visitorName } from '../words.ts';
import { notify } from './notification.ts';
import { isQuiet } from './quiet.ts';
import { playSound, type Sound } from './sound.ts';

/** An unanswered visitor is heard again after this time. */
const REPEATED_AFTER_MS = 30_000;
/** What is older was there before this page. */
const FRESH_MS = 20_000;

let alerted = new Set<string>();
let had = new Set<string>();

/** Draws attention to who is new in the queue. Who was there when the page opened is no news. */
export function alertForWaiting(entries: readonly EntryView[]): void {
  const fresh = entries.filter((entry) => !alerted.has(entry.conversation));
  alerted = new Set(entries.map((entry) => entry.conversation));
  const urgent = fresh.filter((entry) => !entry.left);
  const [first] = urgent;
  if (!first || !queueIsKnown.value || !isHere() || !alertsFor.waiting.value) return;
  ring('waiting', titleFor(urgent), first.preview, first.conversation);
}

/** Somebody or the desk gave me a conversation. What I took myself is no news. */
export function alertForGiven(mine: readonly EntryView[]): void {
  const given = queueIsKnown.value ? mine.filter(({ conversation }) => !had.has(conversation) && !isMine(conversation)) : [];
  had = new Set(mine.map((entry) => entry.conversation));
  const [first] = given;
  if (!first || !alertsFor.mine.value) return;
  ring('message', `${visitorName(first.visitor)} is yours now`, first.preview, first.conversation);
}

/** A visitor of mine wrote, while I look elsewhere. */
export function alertForMessage(event: EventFrame): void {
  if (event.kind !== 'message' || event.author.kind !== 'visitor' || !isMine(event.conversation)) return;
  if (!alertsFor.mine.value || isWatched(event.conversation) || isOld(event.at)) return;
  ring('message', visitorName(entryOf(event.conversation)?.visitor), event.text, event.conversation);
}

/** A colleague calls me in a note. */
export function alertForNote(note: NoteView): void {
  const name = me.value?.name;
  if (!name || !note.text.includes(`@${name}`) || note.author === name || isOld(note.at)) return;
  if (!alertsFor.mention.value || isWatched(note.conversation)) return;
  ring('message', `${note.author} mentioned you`, note.text, note.conversation);
}

/** Somebody is about to be answered too late: whom I have, or whom I could take. */
export function alertForWarning({ conversation, about }: ToAgent & { type: 'warning' }): void {
  const isOwn = isMine(conversation);
  if (!isHere() || !alertsFor[isOwn ? 'mine' : 'waiting'].value) return;
  const name = visitorName(entryOf(conversation)?.visitor);
  const words = isOwn ? `${name} still waits for your first words` : `${name} is about to wait too long`;
  const then = about === 'unanswered' ? 'Soon this goes back to the queue.' : '';
  ring('waiting', words, then, conversation);
  if (isOwn && !isWatched(conversation)) {
    showToast(`${words}. ${then}`.trim(), { action: { label: 'Open', act: () => goTo(conversation) } });
  }
}

/** Plays again while somebody waits and nobody takes them; returns how to stop. */
export function startReminders(): () => void {
  const timer = setInterval(() => {
    const isForgotten = waiting.peek().some((entry) => !entry.left && Date.now() - Date.parse(entry.since) > REPEATED_AFTER_MS);
    if (isForgotten && soundRepeats.value && alertsFor.waiting.value && availability.value === 'online' && !isQuietNow()) playSound('waiting');
  }, REPEATED_AFTER_MS);
  return () => clearInterval(timer);
}

/** Keeps the count of those who wait in the page's title; returns how to stop. */
export function startTitle(): () => void {
  return effect(() => {
    const count = phase.value === 'signed_in' ? waitingTotal.value : 0;
    document.title = count > 0 ? `(${count}) Inbox, frontdesk` : 'frontdesk';
  });
}

/** A sound, and a notification where the page is out of sight. */
function ring(sound: Sound, title: string, body: string, conversation: string): void {
  if (isQuietNow()) return;
  playSound(sound);
  notify(title, body, conversation);
}

function isQuietNow(): boolean {
  return isQuiet(quietHours.peek(), new Date());
}

function isHere(): boolean {
  return availability.value !== 'offline';
}

function isWatched(conversation: string): boolean {
  return !document.hidden && document.hasFocus() && openConversation.value === conversation;
}

function isOld(at: string): boolean {
  return Date.now() - Date.parse(at) > FRESH_MS;
}

function titleFor(entries: readonly EntryView[]): string {
  return entries.length === 1
    ? `${visitorName(entries[0]?.visitor)} is waiting`
    : `${entries.length} visitors are waiting`;
}
