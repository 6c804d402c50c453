import { signal, type Signal } from '@preact/signals';

import { conversation as eventsOf } from './conversations.ts';
import { readStored, storedKeys, writeStored } from './storage.ts';

export type Mode = 'reply' | 'note';

const KEPT_MS = 30 * 24 * 3600 * 1000;
const START = 'draft.';

const drafts = new Map<string, Signal<string>>();
/** After which event each draft was begun. */
const began = new Map<string, number>();
const knownChanged = signal(0);
const listeners = new Set<DraftListener>();
let owner = '';

/** Drafts belong to one agent: who signs in next on this machine does not see them. */
export function openDrafts(agent: string, now: number): void {
  owner = agent;
  drafts.clear();
  began.clear();
  for (const key of storedKeys(START)) {
    if (now - parse(key).at > KEPT_MS) writeStored(key, null);
  }
}

/** The unsent words for one conversation in one mode. The key never changes, so text cannot move. */
export function draft(conversation: string, mode: Mode): Signal<string> {
  const key = keyOf(conversation, mode);
  let known = drafts.get(key);
  if (!known) {
    known = signal(parse(key).text);
    drafts.set(key, known);
  }
  return known;
}

export function writeDraft(conversation: string, mode: Mode, text: string): void {
  const key = keyOf(conversation, mode);
  const isNew = draft(conversation, mode).peek() === '';
  if (isNew) began.set(key, eventsOf(conversation).peek().lastSeq);
  draft(conversation, mode).value = text;
  const kept = { text, at: Date.now(), after: began.get(key) ?? 0 };
  writeStored(key, text === '' ? null : JSON.stringify(kept));
  for (const tell of listeners) tell(conversation, mode, text);
}

type DraftListener = (conversation: string, mode: Mode, text: string) => void;

/** Tells of every change of a draft; returns how to stop. */
export function onDraftChanged(listener: DraftListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes over what was begun on another screen, unless this one has something. */
export function noteDraft(conversation: string, mode: Mode, text: string): void {
  if (draft(conversation, mode).peek() === '') draft(conversation, mode).value = text;
}

/** The last event that was there when the draft was begun, or that the agent knows of since. */
export function draftAfter(conversation: string, mode: Mode): number {
  const key = keyOf(conversation, mode);
  void knownChanged.value;
  return began.get(key) ?? parse(key).after;
}

/** The agent has seen what came up to this event. */
export function readDraftAfter(conversation: string, mode: Mode, seq: number): void {
  began.set(keyOf(conversation, mode), seq);
  knownChanged.value++;
}

/** Empties the draft and gives what it held. */
export function takeDraft(conversation: string, mode: Mode): string {
  const text = draft(conversation, mode).value;
  writeDraft(conversation, mode, '');
  return text;
}

/** Puts words back that were not sent, before what was written since. */
export function returnToDraft(conversation: string, mode: Mode, text: string): void {
  const since = draft(conversation, mode).value;
  writeDraft(conversation, mode, since === '' ? text : `${text}\n${since}`);
}

function keyOf(conversation: string, mode: Mode): string {
  return `${START}${owner}.${conversation}.${mode}`;
}

function parse(key: string): { text: string; at: number; after: number } {
  try {
    const { text, at, after } = JSON.parse(readStored(key) ?? '{}');
    return { text: typeof text === 'string' ? text : '', at: Number(at) || 0, after: Number(after) || 0 };
  } catch {
    return { text: '', at: 0, after: 0 };
  }
}
