/** A word that asks for a choice, and where it stands in the text. */
export interface TriggerWord {
  search: string;
  start: number;
  end: number;
}

/** The word that begins with `/` or `@` before the caret; not one inside a word, as in "and/or" or an address. */
export function triggerWord(text: string, caret: number, trigger: '/' | '@'): TriggerWord | null {
  const match = new RegExp(`(^|\\s)${trigger}([\\p{L}\\p{N}_-]*)$`, 'u').exec(text.slice(0, caret));
  if (!match) return null;
  const search = match[2]!;
  return { search, start: caret - search.length - 1, end: caret };
}
