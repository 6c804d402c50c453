import { signal } from '@preact/signals';
import type { SuggestionView } from 'web-shared/protocol/frames.ts';

/** The articles that could answer, by conversation. */
const suggestions = signal<ReadonlyMap<string, readonly SuggestionView[]>>(new Map());

/** The suggestions for a conversation; absent until they have come. */
export function suggestionsFor(conversation: string): readonly SuggestionView[] | undefined {
  return suggestions.value.get(conversation);
}

export function suggestionsArrived(conversation: string, found: readonly SuggestionView[]): void {
  suggestions.value = new Map(suggestions.value).set(conversation, found);
}

export function forgetSuggestions(): void {
  suggestions.value = new Map();
}
