import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { append, emptyList, type EventList } from 'web-shared/conversation.ts';
import type { AuthorView, EventFrame, NoteView } from 'web-shared/protocol/frames.ts';

import { standingAfter, type Standing } from './standing.ts';

/** One conversation as an agent sees it: events, and notes with numbers of their own. */
export interface AgentConversation extends EventList {
  notes: readonly NoteView[];
  /** Up to which event the visitor has seen. */
  seenByVisitor: number;
}

const known = new Map<string, Signal<AgentConversation>>();
const standings = new Map<string, ReadonlySignal<Standing>>();

/** What is known of a conversation; it stays in memory when it is left. */
export function conversation(id: string): Signal<AgentConversation> {
  let held = known.get(id);
  if (!held) {
    held = signal(emptyConversation(id));
    known.set(id, held);
  }
  return held;
}

/** Who has the conversation now. */
export function standing(id: string): ReadonlySignal<Standing> {
  let held = standings.get(id);
  if (!held) {
    held = computed(() => standingAfter(conversation(id).value.events));
    standings.set(id, held);
  }
  return held;
}

export function emptyConversation(id: string): AgentConversation {
  return { ...emptyList, conversation: id, notes: [], seenByVisitor: 0 };
}

export function eventArrived(event: EventFrame): void {
  update(event.conversation, (state) => append(state, event));
}

export function noteArrived(note: NoteView): void {
  update(note.conversation, (state) => withNote(state, note));
}

export function seenArrived(id: string, author: AuthorView, seq: number): void {
  if (author.kind !== 'visitor') return;
  update(id, (state) => ({ ...state, seenByVisitor: Math.max(state.seenByVisitor, seq) }));
}

/** What is missing has been asked for. */
export function askedAgain(id: string): void {
  update(id, (state) => ({ ...state, isBehind: false }));
}

/** Adds a note in its place; the same number again changes nothing. */
export function withNote(state: AgentConversation, note: NoteView): AgentConversation {
  if (state.notes.some((each) => each.number === note.number)) return state;
  const notes = [...state.notes, note].sort((one, other) => one.number - other.number);
  return { ...state, notes };
}

export function forgetConversations(): void {
  known.clear();
  standings.clear();
}

function update(id: string, edit: (state: AgentConversation) => AgentConversation): void {
  const held = conversation(id);
  held.value = edit(held.peek());
}
