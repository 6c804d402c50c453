import { signal } from '@preact/signals';

import { agents, me } from './presence.ts';

/** Somebody of the team, in a conversation. */
export interface Viewer {
  id: string;
  name: string;
}

const TYPING_SHOWN_MS = 6000;

/** Who writes where; by conversation, then by name. */
const typing = signal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
const ends = new Map<string, ReturnType<typeof setTimeout>>();

/** The colleagues who have this conversation open. */
export function viewersOf(conversation: string): Viewer[] {
  return agents.value.filter((agent) => agent.id !== me.value?.id && agent.viewing.includes(conversation));
}

/** The colleagues who write a reply in it now. */
export function typingAgents(conversation: string): Viewer[] {
  const names = typing.value.get(conversation);
  if (!names) return [];
  return [...names].map((name) => ({ id: agents.value.find((agent) => agent.name === name)?.id ?? name, name }));
}

/** The sign goes away by itself: a lost "stopped" would leave it on for ever. */
export function agentTypes(conversation: string, name: string): void {
  const key = `${conversation} ${name}`;
  clearTimeout(ends.get(key));
  ends.set(key, setTimeout(() => agentStopped(conversation, name), TYPING_SHOWN_MS));
  change(conversation, (names) => names.add(name));
}

export function agentStopped(conversation: string, name: string): void {
  const key = `${conversation} ${name}`;
  if (!ends.has(key)) return;
  clearTimeout(ends.get(key));
  ends.delete(key);
  change(conversation, (names) => names.delete(name));
}

function change(conversation: string, edit: (names: Set<string>) => void): void {
  const names = new Set(typing.peek().get(conversation));
  edit(names);
  typing.value = new Map(typing.peek()).set(conversation, names);
}
