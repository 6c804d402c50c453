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
  for (const id of conversations) void change(id, tag, isOn);
}

async function change(id: string, tag: string, isOn: boolean): Promise<void> {
  const before = tagsOf(id);
  const without = before.filter((each) => each !== tag);
  const next = isOn ? [...without, tag] : without;
  rememberTags(id, next);
  const answer = await request('PUT', `/api/v1/conversations/${id}/tags`, { tags: next });
  if (answer.ok) return;
  rememberTags(id, before);
  complain(answer.problem.message);
}

export function forgetTags(): void {
  tags.value = new Map();
  used.value = [];
}
