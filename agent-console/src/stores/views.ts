import { computed } from '@preact/signals';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { storedSignal } from './storage.ts';
import { tagsOf } from './tags.ts';

/** A part of the list that an agent looks at again and again; what is empty narrows nothing. */
export interface View {
  name: string;
  queue: string;
  language: string;
  reason: string;
  tag: string;
}

const DEFAULT_QUEUE = 'default';

export const views = storedSignal<readonly View[]>('views', [], (value) => Array.isArray(value) && value.every(isView));

const chosen = storedSignal<string>('view', '', (value) => typeof value === 'string');

/** The view that is looked at; everything where there is none. */
export const view = computed<View | null>(() => views.value.find(({ name }) => name === chosen.value) ?? null);

export function chooseView(name: string | null): void {
  chosen.value = name ?? '';
}

/** Keeps a view in the place of the one that was called `before`, and looks at it. */
export function keepView(next: View, before: string | null): void {
  const others = views.value.filter(({ name }) => name !== before && name !== next.name);
  views.value = [...others, next].toSorted((one, other) => one.name.localeCompare(other.name));
  chooseView(next.name);
}

export function removeView(name: string): void {
  views.value = views.value.filter((each) => each.name !== name);
  chooseView(null);
}

/** What the view shows of a list. */
export function inView(entries: readonly EntryView[]): readonly EntryView[] {
  const shown = view.value;
  return shown ? entries.filter((entry) => fits(entry, shown)) : entries;
}

function fits(entry: EntryView, { queue, language, reason, tag }: View): boolean {
  return (
    (queue === '' || (entry.queue ?? DEFAULT_QUEUE) === queue) &&
    (language === '' || entry.locale.toLowerCase().split('-')[0] === language) &&
    (reason === '' || entry.reason === reason) &&
    (tag === '' || tagsOf(entry.conversation).includes(tag))
  );
}

function isView(value: unknown): value is View {
  const { name, queue, language, reason, tag } = (value ?? {}) as Partial<View>;
  return [name, queue, language, reason, tag].every((field) => typeof field === 'string');
}
