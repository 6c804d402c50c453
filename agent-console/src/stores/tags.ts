import { computed, signal } from '@preact/signals';

import { request } from './http.ts';
import { entryOf } from './queue.ts';
import { complain } from './toasts.ts';

/** The tags of each conversation, as far as they are known. */
const tags = signal<ReadonlyMap<string, readonly string[]>>(new Map());

/** The tags that are used on the desk, the most used first. */
const used = signal<readonly string[]>([]);

export const knownTags = computed<readonly string[]>(() => {
  const all = [...tags.value.values()].flat().filter((tag) => !used.value.includes(tag));
  return [...used.value, ...new Set(all)];
});

export async function loadTags(): Promise<void> {
  const answer = await request<{ name: string }[]>('GET', '/api/v1/tags');
  if (answer.ok && Array.isArray(answer.value)) used.value = answer.value.map(({ name }) => name);
}

export function tagsOf(conversation: string): readonly string[] {
  return tags.value.get(conversation) ?? entryOf(conversation)?.tags ?? [];
}

/** What the server says of a conversation's tags. */
export function rememberTags(conversation: string, next: readonly string[]): void {
  const before = tags.peek().get(conversation) ?? [];
  if (before.join('\n') === next.join('\n')) return;
  tags.value = new Map(tags.peek()).set(conversation, next);
}

/** Sets or takes away a tag, at once on the screen; put back where the server refuses. */
export function setTag(conversations: readonly string[], tag: string, isOn: boolean): void {
  for (const id of conversations) change(id, tag, isOn);
}

function change(id: string, tag: string, isOn: boolean): void {
  const before = tagsOf(id);
  const without = before.filter((each) => each !== tag);
  rememberTags(id, isOn ? [...without, tag] : without);
  const running = saving.get(id);
  saving.set(id, (running ?? Promise.resolve(before)).then((known) => save(id, known)));
}

/** What each conversation's tags will be on the server: one request after the other, so that the last one wins. */
const saving = new Map<string, Promise<readonly string[]>>();

/** Gives what the server has then. */
async function save(id: string, known: readonly string[]): Promise<readonly string[]> {
  const next = tagsOf(id);
  if (known === next) return known;
  const answer = await request('PUT', `/api/v1/conversations/${id}/tags`, { tags: next });
  if (answer.ok) return next;
  rememberTags(id, known);
  complain(answer.problem.message);
  return known;
}

export function forgetTags(): void {
  tags.value = new Map();
  used.value = [];
  saving.clear();
}
