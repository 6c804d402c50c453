import type { SuggestionView } from 'web-shared/protocol/frames.ts';

import { insertIntoReply } from '../composer/insert.ts';
import { suggestionsFor } from '../stores/suggestions.ts';

/** Below this an article has nothing to do with the question. */
const NEAR_FROM = 0.05;

/** The suggestions that are worth a look, best first; absent until they have come. */
export function shownSuggestions(id: string): readonly SuggestionView[] | undefined {
  return suggestionsFor(id)?.filter((suggestion) => suggestion.confidence >= NEAR_FROM);
}

/** Puts the text of the first, second or third suggestion into the reply. */
export function insertSuggestion(id: string, index: number): void {
  const suggestion = shownSuggestions(id)?.[index];
  if (suggestion) insertIntoReply(id, suggestion.text);
}
