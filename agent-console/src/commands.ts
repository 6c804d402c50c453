import { clientId } from 'web-shared/client-id.ts';
import type { AgentChange, Availability } from 'web-shared/protocol/frames.ts';

import { addChange, discardChange, isWritten } from './stores/changes.ts';
import { returnToDraft, takeDraft, type Mode } from './stores/drafts.ts';
import { expectAvailability } from './stores/frames.ts';
import { holderOf } from './stores/holder.ts';
import { availability as shown, chosenAvailability } from './stores/presence.ts';
import { send } from './stores/socket.ts';

const TYPING_EVERY_MS = 3000;

/** Every act of an agent goes through here: shown at once, sent with an id, taken back if refused. */
type Act = AgentChange extends infer Change
  ? Change extends AgentChange
    ? Omit<Change, 'client_id' | 'conversation'>
    : never
  : never;

export function claim(conversation: string): void {
  perform(conversation, { type: 'claim' });
}

export function release(conversation: string): void {
  perform(conversation, { type: 'release' });
}

export function giveBack(conversation: string): void {
  perform(conversation, { type: 'give_back' });
}

export function resolve(conversation: string): void {
  perform(conversation, { type: 'resolve' });
}

export function snooze(conversation: string, until: Date): void {
  perform(conversation, { type: 'snooze', until: until.toISOString() });
}

/** Sends text as it is; a conversation that no person has yet is claimed first. */
export function write(conversation: string, mode: Mode, text: string): void {
  if (mode === 'reply' && holderOf(conversation).canBeClaimed) claim(conversation);
  perform(conversation, { type: mode, text });
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

let lastTypingAt = 0;

/** Tells the visitor that somebody writes, now and then. */
export function typeReply(conversation: string): void {
  const now = Date.now();
  if (now - lastTypingAt < TYPING_EVERY_MS) return;
  lastTypingAt = now;
  send({ type: 'typing', conversation });
}

function perform(conversation: string, act: Act): void {
  addChange({ ...act, conversation, client_id: clientId() } as AgentChange);
}
