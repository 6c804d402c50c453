import { clientId } from 'web-shared/client-id.ts';
import type { AgentChange, Availability } from 'web-shared/protocol/frames.ts';

import { addChange, discardChange, isWritten } from './stores/changes.ts';
import { returnToDraft, takeDraft, type Mode } from './stores/drafts.ts';
import { expectAvailability } from './stores/frames.ts';
import { holdChange, sendHeldOf, takeBack } from './stores/held.ts';
import { holderOf } from './stores/holder.ts';
import { sendDelayS } from './stores/preferences.ts';
import { availability as shown, chosenAvailability } from './stores/presence.ts';
import { goTo } from './stores/route.ts';
import { send } from './stores/socket.ts';
import { showToast } from './stores/toasts.ts';
import { offerUndo, UNDO_MS } from './stores/undo.ts';
import { counted } from './words.ts';

const TYPING_EVERY_MS = 3000;

/** Every act of an agent goes through here: shown at once, sent with an id, taken back if refused. */
type Act = AgentChange extends infer Change
  ? Change extends AgentChange
    ? Omit<Change, 'client_id' | 'conversation'>
    : never
  : never;

/** To whom a conversation goes, and why. */
export type Target = { agent: string; comment: string } | { queue: string; comment: string };

export function claim(conversation: string): void {
  perform(conversation, { type: 'claim' });
}

/** Takes it from whoever has it. */
export function takeOver(conversation: string): void {
  perform(conversation, { type: 'take_over' });
}

export function release(conversation: string): void {
  perform(conversation, { type: 'release' });
}

export function giveBack(conversation: string): void {
  perform(conversation, { type: 'give_back' });
}

export function resolve(conversations: readonly string[]): void {
  performUndoably(conversations, { type: 'resolve' }, 'Resolved');
}

export function snooze(conversations: readonly string[], until: Date, words: string): void {
  performUndoably(conversations, { type: 'snooze', until: until.toISOString() }, `Snoozed ${words}`);
}

export function transfer(conversations: readonly string[], target: Target, name: string): void {
  performUndoably(conversations, { type: 'transfer', ...target }, `Handed to ${name}`);
}

/** Sends text as it is; a conversation that no person has yet is claimed first. */
export function write(conversation: string, mode: Mode, text: string): void {
  if (mode === 'reply' && holderOf(conversation).canBeClaimed) claim(conversation);
  const delay = mode === 'reply' ? sendDelayS.value : 0;
  if (delay === 0) return perform(conversation, { type: mode, text });
  const frame = frameFor(conversation, { type: mode, text });
  holdChange(frame, delay * 1000);
  const undo = () => {
    if (takeBack([frame.client_id]).length > 0) returnToDraft(conversation, mode, text);
  };
  offerUndo('Sending', undo, delay * 1000);
}

/** Sends what was written; false when that was nothing. */
export function sendDraft(conversation: string, mode: Mode): boolean {
  const text = takeDraft(conversation, mode).trim();
  if (text !== '') write(conversation, mode, text);
  return text !== '';
}

/** Sends a message again that was refused, under a new id. */
export function tryAgain(failedId: string): void {
  const frame = discardChange(failedId);
  if (frame && isWritten(frame)) write(frame.conversation, frame.type, frame.text);
}

/** Puts a refused message back into the composer of its own conversation. */
export function editAgain(failedId: string): void {
  const frame = discardChange(failedId);
  if (frame && isWritten(frame)) returnToDraft(frame.conversation, frame.type, frame.text);
}

export function setAvailability(availability: Availability): void {
  if (availability === shown.value) return;
  const id = clientId();
  chosenAvailability.value = availability;
  expectAvailability(id);
  const wasSent = send({ type: 'set_availability', client_id: id, availability });
  if (!wasSent) chosenAvailability.value = null;
}

/** Asks which articles could answer the visitor's last message. */
export function suggest(conversation: string): void {
  send({ type: 'suggest', conversation });
}

let lastTyping = { conversation: '', at: 0 };

/** Tells the visitor and the others that somebody writes, now and then. */
export function typeReply(conversation: string): void {
  const now = Date.now();
  if (lastTyping.conversation === conversation && now - lastTyping.at < TYPING_EVERY_MS) return;
  lastTyping = { conversation, at: now };
  send({ type: 'typing', conversation });
}

function perform(conversation: string, act: Act): void {
  sendHeldOf(conversation);
  addChange(frameFor(conversation, act));
}

/** For what can be taken back for some seconds. */
function performUndoably(conversations: readonly string[], act: Act, words: string): void {
  const frames = conversations.map((conversation) => frameFor(conversation, act));
  for (const frame of frames) holdChange(frame, UNDO_MS);
  const undo = () => {
    const [first, ...more] = takeBack(frames.map((frame) => frame.client_id));
    if (!first) showToast('That is sent already, and can no longer be undone.');
    else if (more.length === 0) goTo(first.conversation);
  };
  if (frames.length > 0) offerUndo(sentence(words, frames.length), undo);
}

function sentence(words: string, count: number): string {
  return count === 1 ? words : `${words}: ${counted(count, 'conversation')}`;
}

function frameFor(conversation: string, act: Act): AgentChange {
  return { ...act, conversation, client_id: clientId() } as AgentChange;
}
