const MARKS = /\p{Diacritic}/gu;

/** What does not fit at all. */
const NEVER = Number.POSITIVE_INFINITY;

/** Lower case without accents, so that "zurück" is found by "zuruck". */
export function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(MARKS, '');
}

/** How badly `search` fits `text`: 0 is a beginning, infinity not at all. Each word of the search must fit. */
export function misfit(search: string, text: string): number {
  const within = plain(text);
  const words = plain(search).split(/[\s-]+/).filter(Boolean);
  return words.reduce((sum, word) => sum + misfitOfWord(word, within), 0);
}

/** Those of `all` that fit, best first; equals keep their order. */
export function best<T>(all: readonly T[], search: string, textsOf: (one: T) => readonly string[]): T[] {
  if (search.trim() === '') return [...all];
  const rated = all.map((one) => ({ one, misfit: misfitOfAny(search, textsOf(one)) }));
  return rated
    .filter((each) => each.misfit < NEVER)
    .sort((one, other) => one.misfit - other.misfit)
    .map(({ one }) => one);
}

/** The first text counts most. */
function misfitOfAny(search: string, texts: readonly string[]): number {
  const whole = misfit(search, texts.join(' ')) + texts.length + 1;
  return Math.min(whole, ...texts.map((text, index) => misfit(search, text) + index));
}

function misfitOfWord(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) return isBoundary(text, at) ? 1 : 3;
  return word.length > 2 && isScattered(word, text) ? 6 : NEVER;
}

function isBoundary(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}

/** The letters of the word come in its order within one word of the text, with others between. */
function isScattered(word: string, text: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some((part) => part[0] === word[0] && hasLettersOf(word, part));
}

function hasLettersOf(word: string, part: string): boolean {
  let from = 0;
  for (const letter of word) {
    const at = part.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
