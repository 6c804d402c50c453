/** A search for a canned response, and where it stands in the text. */
export interface SlashWord {
  search: string;
  start: number;
  end: number;
}

/** The word that begins with `/` before the caret; not a slash inside a word, as in "and/or". */
export function slashWord(text: string, caret: number): SlashWord | null {
  const match = /(^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const search = match[2]!;
  return { search, start: caret - search.length - 1, end: caret };
}
